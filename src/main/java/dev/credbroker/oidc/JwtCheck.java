package dev.credbroker.oidc;

import java.util.Optional;

/** What came of checking one JWT. */
public sealed interface JwtCheck {

    /** Every check passed. */
    record Genuine(CheckedJwt jwt) implements JwtCheck {}

    /**
     * Not to be trusted; asking again does not help.
     *
     * @param issuerName the configured name of the issuer that the token claims to be from, where it is a trusted one
     */
    record Rejected(JwtFlaw flaw, Optional<String> issuerName) implements JwtCheck {}

    /** Every other check passed, signature and audience included, and only the time is over: sign in again. */
    record Expired(String issuer) implements JwtCheck {}

    /** The key is not in memory and may be fetched: {@link JwtChecker#checkAwaitingKeys} can tell. */
    record KeysMissing(String issuer) implements JwtCheck {}

    /** The issuer's keys cannot be had just now: no word on the token, try again later. */
    record KeysUnavailable(String issuer) implements JwtCheck {}
}
