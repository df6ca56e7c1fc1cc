/** Is a session held that is worth giving? One exchange for each key at a time. */
@NullMarked
package dev.credbroker.cache;

import org.jspecify.annotations.NullMarked;
