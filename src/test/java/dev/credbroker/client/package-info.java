/** The client for {@code credential_process}, run as a process by each shell. */
@NullMarked
package dev.credbroker.client;

import org.jspecify.annotations.NullMarked;
