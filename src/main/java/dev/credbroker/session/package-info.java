/** What exactly STS will be asked, and the key under which the answer is held. */
@NullMarked
package dev.credbroker.session;

import org.jspecify.annotations.NullMarked;
