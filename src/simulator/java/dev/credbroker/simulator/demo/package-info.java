/** The demo: the simulated world started beside the broker, and lines that a newcomer can copy. */
@NullMarked
package dev.credbroker.simulator.demo;

import org.jspecify.annotations.NullMarked;
