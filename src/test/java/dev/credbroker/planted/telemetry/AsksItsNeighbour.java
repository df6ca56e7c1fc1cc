package dev.credbroker.planted.telemetry;

import dev.credbroker.planted.secret.Ground;

/** Uses its own line. */
public record AsksItsNeighbour(Ground ground) {}
