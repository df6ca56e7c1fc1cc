/** HTTP in, HTTP out. */
@NullMarked
package dev.credbroker.api;

import org.jspecify.annotations.NullMarked;
