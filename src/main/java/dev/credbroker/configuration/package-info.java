/** How a mistake in the configuration is told: all of them together, each with its property. */
@NullMarked
package dev.credbroker.configuration;

import org.jspecify.annotations.NullMarked;
