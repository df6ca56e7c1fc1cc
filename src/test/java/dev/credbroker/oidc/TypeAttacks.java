package dev.credbroker.oidc;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Genuine tokens of a trusted issuer that were made for something else (RFC 8725, section 3.11). */
final class TypeAttacks {

    private static final String TYP = "typ";
    private static final UnaryOperator<TestToken> ACCESS = token -> token.header(TYP, "at+jwt");

    private static final List<String> OTHERS = List.of(
            "logout+jwt",
            "dpop+jwt",
            "secevent+jwt",
            "client-authentication+jwt",
            "oauth-authz-req+jwt",
            "token-introspection+jwt",
            "entity-statement+jwt",
            "kb+jwt",
            "vc+sd-jwt",
            "passport",
            "JOSE",
            "JOSE+JSON",
            "text/jwt",
            "application/application/jwt",
            "JWT ",
            "absent",
            "");

    private TypeAttacks() {}

    static void fill(AttackTable table) {
        AttackTable ids = table.of(AttackedIssuers.ID_TOKENS, TestKey.RSA);
        AttackTable access =
                table.of(AttackedIssuers.ACCESS_TOKENS, TestKey.RSA).from(ACCESS);
        for (String type : OTHERS) {
            for (AttackTable profile : List.of(table, ids, access)) {
                profile.misuse("typ is " + type, JwtFlaw.TYPE, token -> token.header(TYP, type));
            }
        }
        ids.misuse("an access token for an ID token", JwtFlaw.TYPE, ACCESS);
        access.misuse("an ID token for an access token", JwtFlaw.TYPE, token -> token.header(TYP, "JWT"));
        access.misuse("no typ for an access token", JwtFlaw.TYPE, token -> token.withoutHeader(TYP));
        for (AttackTable profile : List.of(table, ids, access)) {
            profile.misuse(
                    "a logout",
                    JwtFlaw.TYPE,
                    token -> token.with(
                            "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
            profile.misuse(
                    "a DPoP proof",
                    JwtFlaw.HEADER_MEMBER,
                    token -> token.header(TYP, "dpop+jwt")
                            .header("jwk", TestKey.RSA.jwk())
                            .with("htm", "POST")
                            .with("htu", "https://broker.example.com/v1/credentials"));
            profile.misuse(
                    "a client assertion",
                    JwtFlaw.ISSUER,
                    token -> token.with("iss", "build-agents").with("sub", "build-agents"));
            profile.misuse(
                    "a signed answer of userinfo",
                    JwtFlaw.ISSUED_AT,
                    token -> token.without("iat").without("exp"));
            profile.misuse("bound to a key", JwtFlaw.BOUND_TO_A_KEY, token -> token.with("cnf", Map.of("jkt", "x")));
        }
        table.misuse("bound to nothing", JwtFlaw.BOUND_TO_A_KEY, token -> token.with("cnf", ""));
    }
}
