/** A simulated identity provider: keys, JWTs, SAML responses, and the documents by which others trust them. */
@NullMarked
package dev.credbroker.simulator.idp;

import org.jspecify.annotations.NullMarked;
