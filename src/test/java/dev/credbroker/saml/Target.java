package dev.credbroker.saml;

import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SamlKey;
import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import java.util.function.Supplier;

/**
 * Whom an attack is tried on.
 *
 * @param provider whose responses are believed
 * @param responses makes genuine ones, about the same person each time
 */
public record Target(SimulatedIdentityProvider provider, Supplier<SamlDraft> responses) {

    SamlDraft response() {
        return responses.get();
    }

    /** The provider's own, which no attacker has, and with which an odd document can be signed all the same. */
    SamlKey key() {
        return provider.samlKey(SamlSignatureAlgorithm.RSA_SHA256);
    }
}
