package dev.credbroker.oidc;

import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.SignatureMemory.Remembered;
import dev.credbroker.secret.Fingerprint;
import dev.credbroker.secret.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Says whether a JWT is genuine, addressed to us, and in time (RFC 7519, RFC 8725, OpenID Connect Core section
 * 3.1.3.7).
 *
 * <p>In this order: the text, the header, the issuer, the key, the signature, the claims, and last of all whether the
 * time is over. Nothing is fetched for a token whose header could not pass, or whose issuer is not trusted. A signature
 * is remembered for a minute, under one generation of the issuer's keys; the time is judged on every call.
 */
public final class JwtChecker {

    /** Some seven thousand tokens of an ordinary size. */
    private static final long REMEMBERED_BYTES = 32L * 1024 * 1024;

    private final OidcIssuers issuers;
    private final InstantSource clock;
    private final SignatureMemory memory;

    public JwtChecker(OidcIssuers issuers, InstantSource clock) {
        this(issuers, clock, REMEMBERED_BYTES);
    }

    /** @param rememberedBytes how much heap the memory of good signatures takes at most; 0: none is remembered */
    public JwtChecker(OidcIssuers issuers, InstantSource clock, long rememberedBytes) {
        this.issuers = issuers;
        this.clock = clock;
        this.memory = new SignatureMemory(clock, rememberedBytes);
    }

    /** From memory alone: never blocks, never fetches. */
    public JwtCheck check(Secret token) {
        return check(token, IssuerKeys::find);
    }

    /**
     * Waits up to a second for a fetch if the key is not in memory and the fetch is allowed. Never answers
     * {@link JwtCheck.KeysMissing}. For a thread that may block.
     */
    public JwtCheck checkAwaitingKeys(Secret token) {
        return check(token, IssuerKeys::await);
    }

    @FunctionalInterface
    private interface Keys {
        KeyLookup lookUp(IssuerKeys keys, String keyId);
    }

    /**
     * The one place that catches the rest: whatever a hostile token stirs up, it is refused, and nothing of it is told.
     */
    private JwtCheck check(Secret token, Keys keys) {
        try {
            Optional<JwtCheck> remembered = remembered(token);
            return remembered.isPresent() ? remembered.get() : judged(token, keys);
        } catch (JwtRefused e) {
            return new JwtCheck.Rejected(e.flaw(), Optional.empty());
        } catch (RuntimeException | StackOverflowError e) {
            return new JwtCheck.Rejected(JwtFlaw.UNREADABLE, Optional.empty());
        }
    }

    private JwtCheck judged(Secret token, Keys keys) throws JwtRefused {
        CompactJwt jwt = CompactJwt.parse(token);
        JwtHeader header = JwtHeader.parse(jwt.header());
        JsonObject claims = StrictJson.object(jwt.claims()).orElseThrow(() -> new JwtRefused(JwtFlaw.CLAIMS));
        OidcIssuer issuer =
                claims.text("iss").flatMap(issuers::trusted).orElseThrow(() -> new JwtRefused(JwtFlaw.ISSUER));
        try {
            issuer.headers().check(header);
            return switch (keys.lookUp(issuer.keys(), header.keyId())) {
                case KeyLookup.Found found -> {
                    JwtRefused.unless(found.key().verifies(header.algorithm(), jwt), JwtFlaw.SIGNATURE);
                    yield verified(token, issuer, claims, found);
                }
                case KeyLookup.Unknown _ -> throw new JwtRefused(JwtFlaw.UNKNOWN_KEY);
                case KeyLookup.Fetchable _ -> new JwtCheck.KeysMissing(issuer.name());
                case KeyLookup.Unavailable _ -> new JwtCheck.KeysUnavailable(issuer.name());
            };
        } catch (JwtRefused e) {
            return new JwtCheck.Rejected(e.flaw(), Optional.of(issuer.name()));
        }
    }

    private JwtCheck verified(Secret token, OidcIssuer issuer, JsonObject claims, KeyLookup.Found found)
            throws JwtRefused {
        AcceptedClaims accepted = issuer.claims().accept(claims);
        CheckedJwt jwt =
                new CheckedJwt(issuer.name(), issuer.text(), found.key().algorithm(), accepted, Fingerprint.of(token));
        JwtCheck check = timed(issuer, jwt);
        if (check instanceof JwtCheck.Genuine) {
            memory.add(token, jwt, found.key().id(), found.generation());
        }
        return check;
    }

    /** Judges the time of a token with which all else is in order. */
    private JwtCheck timed(OidcIssuer issuer, CheckedJwt jwt) {
        Instant now = clock.instant();
        TimeRules times = issuer.claims().times();
        try {
            times.check(jwt.times(), now);
        } catch (JwtRefused e) {
            return new JwtCheck.Rejected(e.flaw(), Optional.of(issuer.name()));
        }
        return times.over(jwt.times(), now) ? new JwtCheck.Expired(issuer.name()) : new JwtCheck.Genuine(jwt);
    }

    /** Absent also if the keys have changed since, or may no longer be used. */
    private Optional<JwtCheck> remembered(Secret token) {
        Optional<Remembered> known = memory.find(token);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Remembered seen = known.get();
        Optional<OidcIssuer> issuer = issuers.trusted(seen.jwt().issuer());
        boolean stands = issuer.map(trusted -> trusted.keys().find(seen.keyId()))
                .filter(lookup ->
                        lookup instanceof KeyLookup.Found(var _, long generation) && generation == seen.generation())
                .isPresent();
        return stands ? Optional.of(timed(issuer.get(), seen.jwt())) : Optional.empty();
    }
}
