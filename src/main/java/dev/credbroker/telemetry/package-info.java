/** What things are called in meters, logs and headers. */
@NullMarked
package dev.credbroker.telemetry;

import org.jspecify.annotations.NullMarked;
