package dev.credbroker.oidc;

import dev.credbroker.oidc.JsonValue.JsonNumber;
import dev.credbroker.oidc.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a token was issued, and from when until when it holds (RFC 7519, sections 4.1.4 to 4.1.6). */
record JwtTimes(Instant issuedAt, Optional<Instant> notBefore, Instant expiration) {

    private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,9}");
    /** 2100-01-01. A later moment is a mistake or milliseconds. */
    private static final long LATEST = 4_102_444_800L;

    /** Whole seconds only, although the RFC allows fractions: no issuer of note writes them. */
    static JwtTimes of(JsonObject claims) throws JwtRefused {
        return new JwtTimes(
                required(claims, "iat", JwtFlaw.ISSUED_AT),
                optional(claims, "nbf", JwtFlaw.NOT_BEFORE),
                required(claims, "exp", JwtFlaw.EXPIRATION));
    }

    private static Instant required(JsonObject claims, String name, JwtFlaw flaw) throws JwtRefused {
        return optional(claims, name, flaw).orElseThrow(() -> new JwtRefused(flaw));
    }

    private static Optional<Instant> optional(JsonObject claims, String name, JwtFlaw flaw) throws JwtRefused {
        Optional<JsonValue> value = claims.member(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof JsonNumber(String text)
                && SECONDS.matcher(text).matches()) {
            long seconds = Long.parseLong(text);
            JwtRefused.unless(seconds <= LATEST, flaw);
            return Optional.of(Instant.ofEpochSecond(seconds));
        }
        throw new JwtRefused(flaw);
    }
}
