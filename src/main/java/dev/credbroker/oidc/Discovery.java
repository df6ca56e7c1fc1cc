package dev.credbroker.oidc;

import dev.credbroker.configuration.WebAddress;
import dev.credbroker.oidc.JsonValue.JsonObject;
import java.util.Set;

/**
 * Asks the issuer where its keys are (OpenID Connect Discovery 1.0, section 4).
 *
 * @param issuer as configured; the document must name it to the letter (section 4.3)
 * @param hosts where keys may be besides the issuer's own host, in lower case
 */
record Discovery(String issuer, WebAddress document, Set<String> hosts) implements KeysLocation {

    private static final String PATH = "/.well-known/openid-configuration";

    Discovery {
        hosts = Set.copyOf(hosts);
    }

    /** @throws IllegalArgumentException if {@code issuer} is no address */
    static Discovery of(String issuer, Set<String> hosts) {
        WebAddress address = WebAddress.parse(issuer);
        if (address.uri().getRawQuery() != null) {
            throw new IllegalArgumentException("an issuer with a query has no discovery document: set jwks-uri");
        }
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return new Discovery(issuer, WebAddress.parse(base + PATH), hosts);
    }

    @Override
    public WebAddress find(HttpGet http) throws KeysFetchException {
        JsonObject said = StrictJson.object(http.get(document).body())
                .filter(object -> object.text("issuer").filter(issuer::equals).isPresent())
                .orElseThrow(() -> new KeysFetchException(KeysFailure.DISCOVERY));
        return said.text("jwks_uri")
                .flatMap(WebAddress::of)
                .filter(keys -> keys.host().equals(document.host()) || hosts.contains(keys.host()))
                .orElseThrow(() -> new KeysFetchException(KeysFailure.KEYS_ADDRESS));
    }
}
