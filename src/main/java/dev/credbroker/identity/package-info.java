/** Who is asking: a proof goes in, a verified identity comes out, and nothing else makes one. */
@NullMarked
package dev.credbroker.identity;

import org.jspecify.annotations.NullMarked;
