/** The documents that say what the code says, held against it. */
@NullMarked
package dev.credbroker.docs;

import org.jspecify.annotations.NullMarked;
