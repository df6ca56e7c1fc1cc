package dev.credbroker.simulator.idp;

/** The names of SAML 2.0, and those that AWS adds. */
final class SamlNames {

    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
    static final String PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
    static final String POST_BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
    static final String AWS_AUDIENCE = "urn:amazon:webservices";
    static final String AWS_RECIPIENT = "https://signin.aws.amazon.com/saml";
    static final String AWS_ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/";

    private SamlNames() {}
}
