package dev.credbroker.planted.simulator;

import dev.credbroker.planted.secret.Ground;

public record UsesTheProduct(Ground ground) {}
