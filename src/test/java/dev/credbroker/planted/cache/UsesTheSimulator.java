package dev.credbroker.planted.cache;

import dev.credbroker.planted.simulator.UsesTheProduct;

public record UsesTheSimulator(UsesTheProduct toy) {}
