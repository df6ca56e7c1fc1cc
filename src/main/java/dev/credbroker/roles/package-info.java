/** What can be had, and by whom: the catalogue as the operator wrote it, checked as a whole. */
@NullMarked
package dev.credbroker.roles;

import org.jspecify.annotations.NullMarked;
