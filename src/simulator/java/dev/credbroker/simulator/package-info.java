/**
 * AWS STS and an identity provider on one loopback port, for the tests and the demo: strict about AWS's own rules, and
 * scriptable for faults. Knows nothing of the broker.
 */
@NullMarked
package dev.credbroker.simulator;

import org.jspecify.annotations.NullMarked;
