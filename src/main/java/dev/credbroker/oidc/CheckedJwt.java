package dev.credbroker.oidc;

import dev.credbroker.secret.Fingerprint;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JWT that passed every check. Only {@link JwtChecker} makes one: holding it is the proof. */
public final class CheckedJwt {

    private final String provider;
    private final String issuer;
    private final JwsAlgorithm algorithm;
    private final AcceptedClaims claims;
    private final Fingerprint fingerprint;

    CheckedJwt(String provider, String issuer, JwsAlgorithm algorithm, AcceptedClaims claims, Fingerprint fingerprint) {
        this.provider = provider;
        this.issuer = issuer;
        this.algorithm = algorithm;
        this.claims = claims;
        this.fingerprint = fingerprint;
    }

    /** The issuer's name in the configuration. */
    public String provider() {
        return provider;
    }

    /** The claim {@code iss}. */
    public String issuer() {
        return issuer;
    }

    /** The subject as it came, neither folded nor normalised; 1 to 255 characters. */
    public String subject() {
        return claims.subject();
    }

    /**
     * The claims as sets of texts, none of them empty. Text counts as itself, booleans and integers as their JSON text,
     * an array of those as the set of its elements. All else (objects, nulls, fractions, arrays that hold one) is
     * absent.
     */
    public Map<String, Set<String>> attributes() {
        return claims.attributes();
    }

    /** Whether {@code aud} names the broker. It may name AWS as well. */
    public boolean addressedToBroker() {
        return claims.addressedToBroker();
    }

    /** Whether {@code aud} names AWS. It may name the broker as well. */
    public boolean addressedToAws() {
        return claims.addressedToAws();
    }

    /** The signature's algorithm as in RFC 7518 and RFC 8037, such as {@code RS256}. */
    public String algorithm() {
        return algorithm.name();
    }

    /** The claim {@code exp}, to which no skew was added. */
    public Instant expiration() {
        return claims.times().expiration();
    }

    /** The claim {@code iat}. */
    public Instant issuedAt() {
        return claims.times().issuedAt();
    }

    /**
     * SHA-256 in hexadecimal over every claim save the volatile ones. Equal only if all of them are equal: names,
     * types, the order of arrays, the spelling of numbers, Unicode as it came.
     */
    public String claimsDigest() {
        return claims.digest();
    }

    /** The claim {@code jti}, if it is a text of at most 255 printable characters. For the audit log. */
    public Optional<String> id() {
        return claims.id();
    }

    /** What logs and audit call this very token. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Says nothing of the claims. */
    @Override
    public String toString() {
        return "CheckedJwt[" + provider + ", " + fingerprint + "]";
    }

    JwtTimes times() {
        return claims.times();
    }
}
