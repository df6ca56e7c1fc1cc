package dev.credbroker.oidc;

import java.util.List;
import java.util.Map;

/** Tokens of one issuer that pass for another's, and names that look like a trusted one. */
final class IssuerAttacks {

    private static final String ISS = "iss";

    private IssuerAttacks() {}

    static void fill(AttackTable table, AttackedIssuers issuers) {
        String issuer = issuers.issuer(AttackedIssuers.TARGET);
        for (Object other : List.of(
                issuer + "/",
                issuer + "/.",
                issuer + "#",
                issuer + "?",
                issuer + " ",
                issuer.replace("http:", "HTTP:"),
                issuer.replace("http:", "https:"),
                issuer.replace("127.0.0.1", "localhost"),
                issuer.replace("127.0.0.1", "127.1"),
                issuer.replace("127.0.0.1", "attacker@127.0.0.1"),
                issuer.replace("/target", ":443/target"),
                issuer.replace("/target", "//target"),
                issuer.replace("target", "Target"),
                issuer.replace("target", "t%61rget"),
                issuer.replace("target", "t\u0430rget"), // Cyrillic
                issuer.replace("target", "\uff54arget"), // full width
                issuer.replace("target", "target\u200b"),
                issuer.replace("target", "xn--trget-5ve"),
                "https://attacker.example",
                "",
                7,
                true,
                List.of(issuer),
                Map.of("issuer", issuer))) {
            table.misuse("iss is " + other, JwtFlaw.ISSUER, token -> token.with(ISS, other));
        }
        table.misuse("iss is missing", JwtFlaw.ISSUER, token -> token.without(ISS));
        table.trick("iss is null", JwtFlaw.ISSUER, token -> token.replacing("\"" + issuer + "\"", "null"));
        table.misuse(
                "iss in the header only",
                JwtFlaw.HEADER_MEMBER,
                token -> token.header(ISS, issuer).without(ISS));

        AttackTable partner = table.of(AttackedIssuers.PARTNER, TestKey.OTHER_RSA);
        partner.misuse(
                "a partner's token under the target's name and key id",
                JwtFlaw.SIGNATURE,
                token -> token.with(ISS, issuer).header("kid", TestKey.RSA.id()));
        partner.misuse(
                "a partner's token with the target's key id",
                JwtFlaw.UNKNOWN_KEY,
                token -> token.header("kid", TestKey.RSA.id()));
    }
}
