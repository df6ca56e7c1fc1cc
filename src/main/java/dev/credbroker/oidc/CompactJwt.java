package dev.credbroker.oidc;

import dev.credbroker.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three parts of a JWS in its compact form (RFC 7515, section 7.1), each in the only spelling that it has:
 * base64url without padding, foreign characters or spare bits. So one signed token is one text.
 *
 * @param signed what the signature is over
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one check, is never compared, and would be copied three times
record CompactJwt(byte[] header, byte[] claims, byte[] signed, byte[] signature) {

    /** As many characters as STS takes for {@code WebIdentityToken}. */
    static final int LONGEST = 20_000;

    private static final Pattern GRAMMAR =
            Pattern.compile("(?<header>[A-Za-z0-9_-]++)\\.(?<claims>[A-Za-z0-9_-]++)\\.(?<signature>[A-Za-z0-9_-]++)");

    static CompactJwt parse(Secret token) throws JwtRefused {
        JwtRefused.unless(token.length() <= LONGEST, JwtFlaw.TOO_LONG);
        String text = token.reveal();
        Matcher parts = GRAMMAR.matcher(text);
        JwtRefused.unless(parts.matches(), JwtFlaw.NOT_COMPACT);
        return new CompactJwt(
                decoded(parts.group("header")),
                decoded(parts.group("claims")),
                text.substring(0, parts.end("claims")).getBytes(StandardCharsets.US_ASCII),
                decoded(parts.group("signature")));
    }

    private static byte[] decoded(String part) throws JwtRefused {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            JwtRefused.unless(
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part),
                    JwtFlaw.NOT_CANONICAL);
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new JwtRefused(JwtFlaw.NOT_CANONICAL);
        }
    }
}
