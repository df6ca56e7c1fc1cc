/** A simulated AWS STS: the real wire protocol, and AWS's own rules on who gets which session for how long. */
@NullMarked
package dev.credbroker.simulator.sts;

import org.jspecify.annotations.NullMarked;
