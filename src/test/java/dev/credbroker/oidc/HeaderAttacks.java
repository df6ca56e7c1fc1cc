package dev.credbroker.oidc;

import dev.credbroker.simulator.Decoy;
import dev.credbroker.simulator.idp.SamlKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/** Headers that bring a key of the sender's, or that make the bytes mean something else. */
final class HeaderAttacks {

    private static final TestKey ATTACKER = TestKey.rsa("rsa-1", "RS256", 2048);
    private static final SamlKey CERTIFIED = SamlKey.rsa("attacker", java.time.Instant.EPOCH);

    private HeaderAttacks() {}

    static void fill(AttackTable table, Decoy decoy) {
        fillKeys(table, decoy);
        fillMeanings(table);
        fillKeyIds(table);
        fillEncryption(table);
    }

    private static void fillKeys(AttackTable table, Decoy decoy) {
        table.misuse(
                "jwk of the attacker's",
                JwtFlaw.HEADER_MEMBER,
                token -> token.header("jwk", ATTACKER.jwk()).signedBy(ATTACKER));
        for (String address : List.of(decoy.url(), "https://keys.attacker.example/jwks", "file:///dev/null")) {
            table.forgery(
                    "jku " + address,
                    JwtFlaw.HEADER_MEMBER,
                    token -> token.header("jku", address).signedBy(ATTACKER).text());
            table.forgery(
                    "x5u " + address,
                    JwtFlaw.HEADER_MEMBER,
                    token -> token.header("x5u", address).signedBy(ATTACKER).text());
        }
        table.misuse(
                "x5c of the attacker's",
                JwtFlaw.SIGNATURE,
                token -> token.header("x5c", List.of(certificate()))
                        .signedBy(new TestKey("rsa-1", "RS256", CERTIFIED.keys())));
    }

    private static void fillMeanings(AttackTable table) {
        Map.<String, Object>of(
                        "b64", false,
                        "zip", "DEF",
                        "enc", "A256GCM",
                        "cty", "JWT",
                        "p2c", 2_147_483_647,
                        "p2s", "salt",
                        "epk", TestKey.EC.jwk(),
                        "apu", "x",
                        "iss", "elsewhere",
                        "ALG", "none")
                .forEach((member, value) ->
                        table.misuse("member " + member, JwtFlaw.HEADER_MEMBER, token -> token.header(member, value)));
        for (Object critical : List.of(List.of(), List.of("exp"), List.of("unheard-of"), "exp", 1, Map.of())) {
            table.misuse("crit is " + critical, JwtFlaw.HEADER_MEMBER, token -> token.header("crit", critical));
        }
        table.misuse(
                "crit and b64=false",
                JwtFlaw.HEADER_MEMBER,
                token -> token.header("crit", List.of("b64")).header("b64", false));
        table.trick("claims deflated", JwtFlaw.HEADER_MEMBER, token -> {
            byte[] header = bytes(TestToken.json(token.header("zip", "DEF").header()));
            return token.key().sign(header, deflated(TestToken.json(token.claims())));
        });
        table.misuse("typ is no text", JwtFlaw.TYPE, token -> token.header("typ", 1));
    }

    private static void fillKeyIds(AttackTable table) {
        for (Object keyId : List.of("", 1, true, List.of("rsa-1"), Map.of("rsa-1", 1), "k".repeat(257))) {
            String text = String.valueOf(keyId);
            table.misuse(
                    "kid is " + text.substring(0, Math.min(20, text.length())),
                    JwtFlaw.KEY_ID,
                    token -> token.header("kid", keyId));
        }
        table.misuse("kid is missing", JwtFlaw.KEY_ID, token -> token.withoutHeader("kid"));
        table.trick("kid is null", JwtFlaw.KEY_ID, token -> token.replacingInHeader("\"rsa-1\"", "null"));
        table.misuse("kid of 9 KB", JwtFlaw.HEADER, token -> token.header("kid", "k".repeat(9_000)));
        table.misuse("kid of 64 KB", JwtFlaw.TOO_LONG, token -> token.header("kid", "k".repeat(65_536)));
    }

    private static void fillEncryption(AttackTable table) {
        table.forgery(
                "JWE of five parts",
                JwtFlaw.NOT_COMPACT,
                token -> TestKey.encoded(bytes("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"kid\":\"rsa-1\"}"))
                        + ".AAAA.AAAA.AAAA.AAAA");
        table.misuse(
                "JWE's header in three parts",
                JwtFlaw.HEADER_MEMBER,
                token -> token.header("alg", "RSA-OAEP").header("enc", "A256GCM"));
        table.misuse(
                "PBES2 of two thousand million rounds",
                JwtFlaw.HEADER_MEMBER,
                token -> token.header("alg", "PBES2-HS512+A256KW")
                        .header("enc", "A256GCM")
                        .header("p2s", "AAAAAAAAAAA")
                        .header("p2c", Integer.MAX_VALUE));
        table.trick("token in a token in a token", JwtFlaw.CLAIMS, token -> {
            String nested = token.text();
            for (int i = 0; i < 3; i++) {
                nested = token.text(TestToken.json(token.header()), nested);
            }
            return nested;
        });
    }

    private static String certificate() {
        try {
            return Base64.getEncoder().encodeToString(CERTIFIED.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] deflated(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(bytes(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
