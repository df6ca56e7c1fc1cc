/** The loopback server that carries the simulated services, and the faults that can happen on its wire. */
@NullMarked
package dev.credbroker.simulator.http;

import org.jspecify.annotations.NullMarked;
