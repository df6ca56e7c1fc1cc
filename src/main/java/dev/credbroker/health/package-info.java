/** Is this replica fit, and what is in trouble around it? */
@NullMarked
package dev.credbroker.health;

import org.jspecify.annotations.NullMarked;
