/** Endpoints to measure the product against, in its own process. Part of no delivery: the profile {@code bench} adds them. */
@NullMarked
package dev.credbroker.bare;

import org.jspecify.annotations.NullMarked;
