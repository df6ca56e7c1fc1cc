package dev.credbroker.oidc;

/**
 * One trusted issuer.
 *
 * @param name in the configuration
 * @param text as it stands in {@code iss}
 */
record OidcIssuer(String name, String text, HeaderRules headers, ClaimRules claims, IssuerKeys keys) {}
