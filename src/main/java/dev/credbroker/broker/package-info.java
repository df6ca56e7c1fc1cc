/** The use case, readable aloud. */
@NullMarked
package dev.credbroker.broker;

import org.jspecify.annotations.NullMarked;
