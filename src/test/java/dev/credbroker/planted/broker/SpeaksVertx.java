package dev.credbroker.planted.broker;

import io.vertx.core.Vertx;

public record SpeaksVertx(Vertx vertx) {}
