package dev.credbroker.oidc;

import dev.credbroker.oidc.JsonValue.JsonArray;
import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.JsonValue.JsonText;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which claims an issuer's tokens must have.
 *
 * @param audiences what addresses a token to the broker
 * @param awsAudiences what addresses a token to AWS
 * @param authorizedParties what {@code azp} may say; empty: anything
 * @param volatileClaims what the digest leaves out
 */
record ClaimRules(
        Set<String> audiences,
        Set<String> awsAudiences,
        Set<String> authorizedParties,
        ClaimPath subjectClaim,
        AttributeRules attributes,
        Set<String> volatileClaims,
        TimeRules times) {

    private static final int LONGEST_SUBJECT = 255;

    ClaimRules {
        audiences = Set.copyOf(audiences);
        awsAudiences = Set.copyOf(awsAudiences);
        authorizedParties = Set.copyOf(authorizedParties);
        volatileClaims = Set.copyOf(volatileClaims);
    }

    /**
     * Judges all but the time: {@link #times} does, on every request.
     *
     * <p>What has {@code events} tells of an event, a logout for one, and is no proof of who asks (RFC 8417), although
     * some issuers give it the type {@code JWT}.
     */
    AcceptedClaims accept(JsonObject claims) throws JwtRefused {
        JwtRefused.unless(claims.member("events").isEmpty(), JwtFlaw.TYPE);
        JwtRefused.unless(claims.member("cnf").isEmpty(), JwtFlaw.BOUND_TO_A_KEY);
        Set<String> addressees = addressees(claims);
        checkAuthorizedParty(claims, addressees);
        String subject = subject(claims);
        JwtTimes moments = JwtTimes.of(claims);
        return new AcceptedClaims(
                subject,
                attributes.read(claims),
                !Collections.disjoint(addressees, audiences),
                !Collections.disjoint(addressees, awsAudiences),
                moments,
                ClaimsDigest.of(claims, volatileClaims),
                claims.text("jti").filter(ClaimRules::printable));
    }

    /** One text, or an array of texts (RFC 7519, section 4.1.3). */
    private Set<String> addressees(JsonObject claims) throws JwtRefused {
        Set<String> addressees = texts(claims.member("aud"));
        boolean ours = !Collections.disjoint(addressees, audiences) || !Collections.disjoint(addressees, awsAudiences);
        JwtRefused.unless(ours, JwtFlaw.AUDIENCE);
        return addressees;
    }

    private static Set<String> texts(Optional<JsonValue> value) throws JwtRefused {
        List<JsonValue> elements = value.map(present -> present instanceof JsonArray(var all) ? all : List.of(present))
                .orElse(List.of());
        Set<String> texts = new HashSet<>();
        for (JsonValue element : elements) {
            if (!(element instanceof JsonText(String text))) {
                throw new JwtRefused(JwtFlaw.AUDIENCE);
            }
            texts.add(text);
        }
        return texts;
    }

    /**
     * A token that names no party is good only for one audience (OpenID Connect Core, section 3.1.3.7), and only where
     * no parties are configured: else nobody knows whose it is.
     */
    private void checkAuthorizedParty(JsonObject claims, Set<String> addressees) throws JwtRefused {
        boolean fits = claims.member("azp").isPresent()
                ? claims.text("azp").filter(this::isAuthorized).isPresent()
                : authorizedParties.isEmpty() && addressees.size() == 1;
        JwtRefused.unless(fits, JwtFlaw.AUTHORIZED_PARTY);
    }

    private boolean isAuthorized(String party) {
        return authorizedParties.isEmpty() ? !party.isEmpty() : authorizedParties.contains(party);
    }

    private String subject(JsonObject claims) throws JwtRefused {
        return subjectClaim
                .in(claims)
                .filter(JsonText.class::isInstance)
                .map(JsonText.class::cast)
                .map(JsonText::text)
                .filter(ClaimRules::printable)
                .orElseThrow(() -> new JwtRefused(JwtFlaw.SUBJECT));
    }

    private static boolean printable(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_SUBJECT
                && text.codePoints().noneMatch(ClaimRules::hidden);
    }

    /**
     * What a log or a console shows as nothing, or as something else: controls, line ends, bidirectional and zero-width
     * marks.
     */
    private static boolean hidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
