/** What the fuzz tests have in common: how octets become inputs, and what an input may cost. */
@NullMarked
package dev.credbroker.fuzz;

import org.jspecify.annotations.NullMarked;
