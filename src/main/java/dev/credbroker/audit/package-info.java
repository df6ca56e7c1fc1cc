/** What people will see later: one line for each decision. */
@NullMarked
package dev.credbroker.audit;

import org.jspecify.annotations.NullMarked;
