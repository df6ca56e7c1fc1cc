/** What came of a request, for every reader: HTTP, audit and meters. */
@NullMarked
package dev.credbroker.outcome;

import org.jspecify.annotations.NullMarked;
