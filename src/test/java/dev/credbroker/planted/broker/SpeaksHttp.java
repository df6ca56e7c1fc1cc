package dev.credbroker.planted.broker;

import jakarta.ws.rs.core.Response;

public record SpeaksHttp(Response response) {}
