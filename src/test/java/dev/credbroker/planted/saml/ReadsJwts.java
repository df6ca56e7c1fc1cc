package dev.credbroker.planted.saml;

import org.jose4j.jwk.JsonWebKey;

public record ReadsJwts(JsonWebKey key) {}
