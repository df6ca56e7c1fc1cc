package dev.credbroker.oidc;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Genuine tokens for somebody else, of nobody, or for another time. */
final class ClaimAttacks {

    private static final String OURS = "credential-broker";
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private static final List<String> NO_TIMES = List.of(
            "\"%d\"",
            "%d.0",
            "%d.5",
            "%de0",
            "1.7e9",
            "1e99",
            "1e-999",
            "-%d",
            "-1",
            "-0",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999",
            "%d000",
            "4102444801",
            "[%d]",
            "{\"at\":%d}",
            "null",
            "true",
            "\"\"");

    private ClaimAttacks() {}

    static void fill(AttackTable table) {
        fillAudience(table);
        fillParty(table);
        fillSubject(table);
        fillTimes(table);
    }

    private static void fillAudience(AttackTable table) {
        for (Object other : List.of(
                "other",
                "",
                OURS + " ",
                OURS + "/",
                "Credential-Broker",
                "credential\u2010broker",
                "urn:amazon:webservices",
                List.of(),
                List.of("other"),
                List.of("other", "another"),
                List.of(OURS, 1),
                List.of(List.of(OURS)),
                Map.of(OURS, true),
                OURS + "," + OURS,
                1,
                true)) {
            table.misuse(
                    "aud is " + other,
                    JwtFlaw.AUDIENCE,
                    token -> token.with("aud", other).with("azp", "uploader"));
        }
        table.misuse("aud is missing", JwtFlaw.AUDIENCE, token -> token.without("aud"));
        table.misuse(
                "aud in another place",
                JwtFlaw.AUDIENCE,
                token -> token.without("aud")
                        .with("audience", OURS)
                        .with("client_id", OURS)
                        .with("azp", OURS));
        table.of(AttackedIssuers.PARTNER, TestKey.OTHER_RSA)
                .misuse(
                        "aud of AWS where it is not configured",
                        JwtFlaw.AUDIENCE,
                        token -> token.with("aud", "sts.amazonaws.com"));
    }

    private static void fillParty(AttackTable table) {
        for (Object several : List.of(List.of(OURS, "other"), List.of(OURS, "sts.amazonaws.com"), List.of(OURS, ""))) {
            table.misuse(
                    "aud is " + several + " without azp",
                    JwtFlaw.AUTHORIZED_PARTY,
                    token -> token.with("aud", several));
        }
        AttackTable named =
                table.of(AttackedIssuers.NAMED_PARTIES, TestKey.RSA).from(token -> token.with("azp", "uploader"));
        for (AttackTable profile : List.of(table, named)) {
            for (Object party : List.of("", 1, true, List.of("uploader"), Map.of("uploader", 1))) {
                profile.misuse("azp is " + party, JwtFlaw.AUTHORIZED_PARTY, token -> token.with("azp", party));
            }
        }
        for (String party : List.of("other", "Uploader", "uploader ", "uploader,other", OURS)) {
            named.misuse("azp is " + party, JwtFlaw.AUTHORIZED_PARTY, token -> token.with("azp", party));
        }
        named.misuse("azp is missing", JwtFlaw.AUTHORIZED_PARTY, token -> token.without("azp"));
        named.misuse(
                "azp in another place",
                JwtFlaw.AUTHORIZED_PARTY,
                token -> token.without("azp").with("client_id", "uploader").with("appid", "uploader"));
    }

    private static void fillSubject(AttackTable table) {
        Map<String, Object> subjects = new LinkedHashMap<>();
        subjects.put("empty", "");
        subjects.put("of 256 characters", "s".repeat(256));
        subjects.put("a number", 7);
        subjects.put("an array", List.of("alice"));
        subjects.put("an object", Map.of("sub", "alice"));
        subjects.put("with NUL", "alice\u0000");
        subjects.put("of two lines", "alice\nroot");
        subjects.put("with an escape of the terminal", "alice\u001b[31m");
        subjects.put("with DEL", "alice\u007f");
        subjects.put("with a line separator", "alice\u2028root");
        subjects.put("turned about", "alice\u202eecila");
        subjects.put("with a zero width space", "al\u200bice");
        subjects.put("with a byte order mark", "\ufeffalice");
        subjects.put("with a soft hyphen", "al\u00adice");
        subjects.put("with a tag character", "alice\udb40\udc41");
        subjects.forEach((name, subject) ->
                table.misuse("sub is " + name, JwtFlaw.SUBJECT, token -> token.with("sub", subject)));
        table.misuse("sub is missing", JwtFlaw.SUBJECT, token -> token.without("sub"));
        table.misuse(
                "sub in another place",
                JwtFlaw.SUBJECT,
                token -> token.without("sub").with("email", "alice").with("oid", "alice"));
    }

    private static void fillTimes(AttackTable table) {
        for (String number : NO_TIMES) {
            table.trick("exp is " + number, JwtFlaw.EXPIRATION, token -> time(token, "exp", number));
            table.trick("iat is " + number, JwtFlaw.ISSUED_AT, token -> time(token, "iat", number));
            table.trick(
                    "nbf is " + number,
                    JwtFlaw.NOT_BEFORE,
                    token -> time(token.with("nbf", at(token, "iat")), "nbf", number));
        }
        table.misuse("exp is missing", JwtFlaw.EXPIRATION, token -> token.without("exp"));
        table.misuse("iat is missing", JwtFlaw.ISSUED_AT, token -> token.without("iat"));
        table.misuse("from the future", JwtFlaw.ISSUED_AT, token -> later(later(token, "iat", 3600), "exp", 3600));
        table.misuse("not yet good", JwtFlaw.NOT_BEFORE, token -> token.with("nbf", at(token, "iat") + 3600));
        table.misuse("over before it began", JwtFlaw.LIFETIME, token -> token.with("exp", at(token, "iat") - 1));
        table.misuse("over as it began", JwtFlaw.LIFETIME, token -> token.with("exp", at(token, "iat")));
        table.misuse(
                "good for a day and a second",
                JwtFlaw.LIFETIME,
                token -> token.with("exp", at(token, "iat") + DAY + 1));
        table.misuse("good for ten years", JwtFlaw.LIFETIME, token -> token.with("exp", at(token, "iat") + 3650 * DAY));
        table.misuse("issued in 1970", JwtFlaw.LIFETIME, token -> token.with("iat", 0));
        table.misuse(
                "over and for somebody else",
                JwtFlaw.AUDIENCE,
                token -> later(later(token, "iat", -DAY), "exp", -DAY).with("aud", "other"));
    }

    private static String time(TestToken token, String claim, String number) {
        String member = "\"%s\":".formatted(claim);
        long seconds = at(token, claim);
        return token.replacing(member + seconds, member + number.formatted(seconds));
    }

    private static TestToken later(TestToken token, String claim, long seconds) {
        return token.with(claim, at(token, claim) + seconds);
    }

    private static long at(TestToken token, String claim) {
        return ((Number) Objects.requireNonNull(token.claims().get(claim))).longValue();
    }
}
