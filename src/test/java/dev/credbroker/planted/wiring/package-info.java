/** Marked, as all packages ought to be. */
@NullMarked
package dev.credbroker.planted.wiring;

import org.jspecify.annotations.NullMarked;
