/** May they? A pure function of identity and catalogue, asked on every request and never cached. */
@NullMarked
package dev.credbroker.authorization;

import org.jspecify.annotations.NullMarked;
