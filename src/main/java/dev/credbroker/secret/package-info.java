/** What must never be printed, and the only way to name it: a fingerprint. */
@NullMarked
package dev.credbroker.secret;

import org.jspecify.annotations.NullMarked;
