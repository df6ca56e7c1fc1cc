package dev.credbroker.simulator.idp;

/** The documents and services of an identity provider that are reached over HTTP. */
public enum Page {
    /** OpenID Connect Discovery 1.0 §4. */
    DISCOVERY("/.well-known/openid-configuration"),
    JWKS("/jwks"),
    METADATA("/saml/metadata"),
    /** For people with curl: a token for who is named in the query. */
    TOKEN("/token"),
    /** For people with curl: a SAML response for who is named in the query. */
    SAML("/saml");

    private final String path;

    Page(String path) {
        this.path = path;
    }

    /** Below the issuer. */
    String path() {
        return path;
    }
}
