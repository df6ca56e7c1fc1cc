/** Measures the packaged program over HTTP, beside bare endpoints in its own process, and the units that a request passes. */
@NullMarked
package dev.credbroker.bench;

import org.jspecify.annotations.NullMarked;
