package dev.credbroker.planted.oidc;

import java.net.Socket;

public record OpensASocket(Socket socket) {}
