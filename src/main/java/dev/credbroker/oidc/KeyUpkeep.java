package dev.credbroker.oidc;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the upkeep of keys takes from the world around it.
 *
 * @param random spreads the refreshes of many replicas; needs no secrecy, must be safe for several threads
 */
public record KeyUpkeep(InstantSource clock, RandomGenerator random, RefreshScheduler scheduler) {}
