package dev.credbroker.oidc;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Other spellings of good tokens, and JSON that two readers understand in two ways. */
final class TextAttacks {

    private TextAttacks() {}

    static void fill(AttackTable table) {
        fillDuplicates(table);
        fillCharacters(table);
        fillSpellings(table);
        fillParts(table);
        fillSize(table);
    }

    /** The second member is the good one, so that who takes the last of them is fooled. */
    private static void fillDuplicates(AttackTable table) {
        for (String member : List.of(
                "\"alg\":\"none\"",
                "\"alg\":\"RS256\"",
                "\"kid\":\"other\"",
                "\"typ\":\"at+jwt\"",
                "\"\\u0061lg\":\"none\"",
                "\"k\\u0069d\":\"other\"")) {
            table.trick(
                    "header with another " + member,
                    JwtFlaw.HEADER,
                    token -> token.replacingInHeader("{", "{" + member + ","));
        }
        for (String member : List.of(
                "\"iss\":\"other\"",
                "\"sub\":\"root\"",
                "\"aud\":\"other\"",
                "\"exp\":1",
                "\"iat\":1",
                "\"groups\":[\"admins\"]",
                "\"\\u0073ub\":\"root\"",
                "\"s\\u0075b\":\"root\"",
                "\"\\u0069\\u0073\\u0073\":\"other\"",
                "\"realm\":{\"roles\":[],\"roles\":[\"admin\"]}",
                "\"realm\":{\"roles\":[],\"role\\u0073\":[\"admin\"]}",
                "\"a\":[{\"b\":1,\"b\":2}]")) {
            table.trick(
                    "claims with another " + member, JwtFlaw.CLAIMS, token -> token.replacing("{", "{" + member + ","));
        }
    }

    private static void fillCharacters(AttackTable table) {
        table.trick("header behind a byte order mark", JwtFlaw.HEADER, token -> text(token, "\ufeff", ""));
        table.trick("claims behind a byte order mark", JwtFlaw.CLAIMS, token -> text(token, "", "\ufeff"));
        for (String surrogate : List.of("\\ud800", "\\udc00", "\\udc00\\ud800", "\\ud83dx")) {
            table.trick(
                    "sub holds the lone " + surrogate,
                    JwtFlaw.CLAIMS,
                    token -> token.with("sub", "alice").replacing("alice", surrogate));
            table.trick(
                    "a name holds the lone " + surrogate,
                    JwtFlaw.CLAIMS,
                    token -> token.replacing("{", "{\"" + surrogate + "\":1,"));
            table.trick(
                    "kid holds the lone " + surrogate,
                    JwtFlaw.HEADER,
                    token -> token.replacingInHeader("rsa-1", surrogate));
        }
        Map.of(
                        "a byte that UTF-8 never has", "\u00ff",
                        "NUL in two bytes", "\u00c0\u0080",
                        "a surrogate in three bytes", "\u00ed\u00a0\u0080",
                        "a point beyond Unicode", "\u00f4\u0090\u0080\u0080",
                        "a sequence cut short", "\u00e2\u0082")
                .forEach((name, bytes) -> table.trick(
                        "sub is " + name,
                        JwtFlaw.CLAIMS,
                        token -> encoded(token.with("sub", bytes), StandardCharsets.ISO_8859_1)));
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
            table.trick("header and claims in " + charset, JwtFlaw.HEADER, token -> encoded(token, charset));
        }
        for (String claims : List.of(
                "[]",
                "\"x\"",
                "null",
                "{",
                "{}{}",
                "{} x",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{/**/}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\u0000\"}")) {
            table.trick(
                    "claims are " + claims,
                    JwtFlaw.CLAIMS,
                    token -> token.text(TestToken.json(token.header()), claims));
            table.trick(
                    "header is " + claims, JwtFlaw.HEADER, token -> token.text(claims, TestToken.json(token.claims())));
        }
    }

    private static void fillSpellings(AttackTable table) {
        for (String tail : List.of("=", "==", "\n", "\r\n", " ", "!!", "\u0000", "\u200b", "%3D", ".")) {
            table.trick("ends in " + tail, JwtFlaw.NOT_COMPACT, token -> token.text() + tail);
            table.trick(
                    "header ends in " + tail,
                    JwtFlaw.NOT_COMPACT,
                    token -> token.text().replaceFirst("\\.", tail.equals(".") ? ".." : tail + "."));
        }
        for (String head : List.of(" ", "\n", "\t", "Bearer ", "\ufeff", "\"", ".")) {
            table.trick("begins with " + head, JwtFlaw.NOT_COMPACT, token -> head + token.text());
        }
        table.from(token -> token.with("pad", "???>>>"))
                .trick(
                        "in the standard alphabet",
                        JwtFlaw.NOT_COMPACT,
                        token -> token.text().replace('-', '+').replace('_', '/'));
        table.of(AttackedIssuers.TARGET, TestKey.ED)
                .trick("spare bits in the signature", JwtFlaw.NOT_CANONICAL, token -> {
                    String text = token.text();
                    char last = text.charAt(text.length() - 1); // 64 bytes leave four bits, all zero
                    return text.substring(0, text.length() - 1) + (char) (last + 1);
                });
        table.from(token -> token.with("pad", "x".repeat(padding(token))))
                .forgery("spare bits in the claims", JwtFlaw.NOT_CANONICAL, token -> {
                    String[] parts = token.text().split("\\.");
                    char last = parts[1].charAt(parts[1].length() - 1);
                    return parts[0] + "." + parts[1].substring(0, parts[1].length() - 1) + (char) (last + 1) + "."
                            + parts[2];
                });
    }

    /** So many characters more that the claims' last character has two spare bits. */
    private static int padding(TestToken token) {
        int length = TestToken.json(token.with("pad", "").claims()).length();
        return (5 - length % 3) % 3;
    }

    private static void fillParts(AttackTable table) {
        for (int count : List.of(1, 2, 4, 5, 6)) {
            table.forgery(
                    count + " parts",
                    JwtFlaw.NOT_COMPACT,
                    token -> String.join(
                            ".",
                            List.of((token.text() + ".AAAA.AAAA.AAAA").split("\\."))
                                    .subList(0, count)));
        }
        table.forgery("nothing but dots", JwtFlaw.NOT_COMPACT, token -> "..");
        table.forgery("no claims", JwtFlaw.NOT_COMPACT, token -> token.text().replaceFirst("\\..*\\.", ".."));
        table.forgery(
                "a part of impossible length",
                JwtFlaw.NOT_CANONICAL,
                token -> "AAAAA" + token.text().substring(token.text().indexOf('.')));
        table.forgery("two tokens", JwtFlaw.NOT_COMPACT, token -> token.text() + "," + token.text());
        table.forgery("flattened JSON", JwtFlaw.NOT_COMPACT, token -> json(token, false));
        table.forgery("general JSON", JwtFlaw.NOT_COMPACT, token -> json(token, true));
    }

    private static void fillSize(AttackTable table) {
        table.misuse(
                "a character too long",
                JwtFlaw.TOO_LONG,
                token -> token.with("pad", List.of("x".repeat(8_000), "y".repeat(8_000))));
        table.trick("20 000 arrays in each other", JwtFlaw.TOO_LONG, token -> nested(token, 20_000));
        table.trick("6 000 arrays in each other", JwtFlaw.CLAIMS, token -> nested(token, 6_000));
        table.trick("17 arrays in each other", JwtFlaw.CLAIMS, token -> nested(token, 17));
        table.trick(
                "6 000 objects in each other",
                JwtFlaw.HEADER,
                token -> token.replacingInHeader(
                        "{", "{\"x5c\":" + "{\"\":".repeat(2_500) + "1" + "}".repeat(2_500) + ","));
        table.trick(
                "6 000 arrays without end",
                JwtFlaw.HEADER,
                token -> token.replacingInHeader("{", "{\"x5c\":" + "[".repeat(6_000)));
        table.trick(
                "a number of 100 000 digits",
                JwtFlaw.TOO_LONG,
                token -> token.replacingInHeader("{", "{\"x5t\":" + "9".repeat(100_000) + ","));
        for (String number :
                List.of("9".repeat(33), "9".repeat(9_000), "1e" + "9".repeat(40), "0." + "0".repeat(9_000) + "1")) {
            table.trick(
                    "header with a number of " + number.length(),
                    JwtFlaw.HEADER,
                    token -> token.replacingInHeader("{", "{\"x5t\":" + number + ","));
            table.trick(
                    "claims with a number of " + number.length(),
                    JwtFlaw.CLAIMS,
                    token -> token.replacing("{", "{\"x\":" + number + ","));
        }
        table.misuse("a text of 8 193", JwtFlaw.CLAIMS, token -> token.with("x", "x".repeat(8_193)));
        table.misuse("a name of 8 193", JwtFlaw.CLAIMS, token -> token.with("x".repeat(8_193), 1));
    }

    private static String nested(TestToken token, int depth) {
        return token.replacing("{", "{\"deep\":" + "[".repeat(depth) + "]".repeat(depth) + ",");
    }

    private static String text(TestToken token, String beforeHeader, String beforeClaims) {
        return token.text(beforeHeader + TestToken.json(token.header()), beforeClaims + TestToken.json(token.claims()));
    }

    private static String encoded(TestToken token, Charset charset) {
        return token.key()
                .sign(
                        TestToken.json(token.header()).getBytes(charset),
                        TestToken.json(token.claims()).getBytes(charset));
    }

    /** RFC 7515, section 7.2. */
    private static String json(TestToken token, boolean general) {
        String[] parts = token.text().split("\\.");
        Map<String, Object> signature = Map.of("protected", parts[0], "signature", parts[2]);
        return TestToken.json(
                general
                        ? Map.of("payload", parts[1], "signatures", List.of(signature))
                        : Map.of("payload", parts[1], "protected", parts[0], "signature", parts[2]));
    }
}
