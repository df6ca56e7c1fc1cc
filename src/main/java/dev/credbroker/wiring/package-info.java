/** Makes what is not ours to make: clocks, clients, the stack of exchanges. */
@NullMarked
package dev.credbroker.wiring;

import org.jspecify.annotations.NullMarked;
