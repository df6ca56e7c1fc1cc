package dev.credbroker.oidc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** None, HMAC keyed with what is public, and signatures that are none or of something else. */
final class SignatureAttacks {

    private static final String ALG = "alg";

    /** Of the points of Ed25519 (RFC 8032, section 5.1). */
    private static final BigInteger ED25519_ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private SignatureAttacks() {}

    static void fill(AttackTable table) {
        fillAlgorithms(table);
        fillHmac(table, TestKey.RSA);
        fillHmac(table, TestKey.EC);
        fillRsa(table);
        for (TestKey key : List.of(TestKey.EC, TestKey.EC384, TestKey.EC521)) {
            fillEcdsa(table.of(AttackedIssuers.TARGET, key), key);
        }
        fillEdwards(table.of(AttackedIssuers.TARGET, TestKey.ED));
    }

    private static void fillAlgorithms(AttackTable table) {
        for (Object algorithm : List.of(
                "none",
                "nOnE",
                "NONE",
                "None",
                "none ",
                "",
                "rs256",
                "RS1",
                "ES256K",
                "RSA-OAEP",
                "dir",
                256,
                true,
                List.of("RS256"),
                List.of("none"),
                Map.of("RS256", "none"))) {
            table.misuse("alg is " + algorithm, JwtFlaw.ALGORITHM, token -> token.header(ALG, algorithm));
        }
        table.misuse("alg is missing", JwtFlaw.ALGORITHM, token -> token.withoutHeader(ALG));
        table.misuse("alg is of another kind of key", JwtFlaw.SIGNATURE, token -> token.header(ALG, "ES256"));
        table.misuse("alg is of another digest", JwtFlaw.SIGNATURE, token -> token.header(ALG, "RS512"));
        table.trick("alg is null", JwtFlaw.ALGORITHM, token -> token.replacingInHeader("\"RS256\"", "null"));
        table.trick(
                "alg is none, without a signature", JwtFlaw.NOT_COMPACT, token -> signed(token.header(ALG, "none")));
    }

    /** Each spelling of the public key is what a library could take for a secret. */
    private static void fillHmac(AttackTable table, TestKey key) {
        List<byte[]> secrets = spellings(key);
        for (String algorithm : List.of("HS256", "HS384", "HS512")) {
            for (int i = 0; i < secrets.size(); i++) {
                byte[] secret = secrets.get(i);
                table.trick(
                        "%s keyed with the public key of %s, spelling %d".formatted(algorithm, key.id(), i),
                        JwtFlaw.ALGORITHM,
                        token -> {
                            String signed = signed(token.header(ALG, algorithm).header("kid", key.id()));
                            return signed + TestKey.encoded(hmac(algorithm, secret, signed));
                        });
            }
        }
    }

    private static void fillRsa(AttackTable table) {
        byte[] zero = new byte[256];
        byte[] ones = new byte[256];
        Arrays.fill(ones, (byte) 0xff);
        altered(table, "RSA, all zero", signature -> zero);
        altered(table, "RSA, beyond the modulus", signature -> ones);
        altered(table, "RSA, a byte less", signature -> Arrays.copyOf(signature, 255));
        altered(table, "RSA, a byte more", signature -> Arrays.copyOf(signature, 257));
        altered(table, "RSA, a zero before it", signature -> joined(new byte[1], signature));
        altered(table, "RSA, one bit turned", SignatureAttacks::turned);
        altered(table, "RSA, one byte", signature -> new byte[1]);
        table.forgery(
                "PSS under the name of RS256",
                JwtFlaw.SIGNATURE,
                token -> token.signedBy(TestKey.RSA.with("PS256")).text());
        table.misuse(
                "RS512 under the name of RS256", JwtFlaw.SIGNATURE, token -> token.signedBy(TestKey.RSA.with("RS512")));
        table.misuse("another key under the same id", JwtFlaw.SIGNATURE, token -> token.signedBy(TestKey.OTHER_RSA));
        table.forgery(
                "claims of another token", JwtFlaw.SIGNATURE, token -> spliced(token, token.with("sub", "root"), 1));
        table.forgery(
                "header of another token",
                JwtFlaw.SIGNATURE,
                token -> spliced(token, token.header("typ", "at+jwt"), 0));
    }

    /** CVE-2022-21449 and its kin: values that make the equation hold, or that are no numbers of the curve. */
    private static void fillEcdsa(AttackTable table, TestKey key) {
        BigInteger order = ((ECPublicKey) key.pair().getPublic()).getParams().getOrder();
        int half = (order.bitLength() + 7) / 8;
        Map<String, BigInteger> numbers =
                Map.of("0", BigInteger.ZERO, "1", BigInteger.ONE, "n", order, "n-1", order.subtract(BigInteger.ONE));
        numbers.forEach((r, first) -> numbers.forEach((s, second) -> altered(
                table,
                "%s, r=%s and s=%s".formatted(key.algorithm(), r, s),
                signature -> joined(fixed(first, half), fixed(second, half)))));
        altered(table, key.algorithm() + ", r=0", signature -> joined(new byte[half], tail(signature, half)));
        altered(table, key.algorithm() + ", s=0", signature -> Arrays.copyOf(Arrays.copyOf(signature, half), 2 * half));
        altered(
                table,
                key.algorithm() + ", r and s changed places",
                signature -> joined(tail(signature, half), Arrays.copyOf(signature, half)));
        altered(table, key.algorithm() + ", a byte less", signature -> Arrays.copyOf(signature, 2 * half - 1));
        altered(table, key.algorithm() + ", a byte more", signature -> Arrays.copyOf(signature, 2 * half + 1));
        altered(table, key.algorithm() + ", one byte", signature -> new byte[1]);
        altered(table, key.algorithm() + ", one bit turned", SignatureAttacks::turned);
        table.trick(
                key.algorithm() + " as DER", JwtFlaw.SIGNATURE, token -> signed(token) + TestKey.encoded(der(token)));
    }

    private static void fillEdwards(AttackTable table) {
        altered(table, "Ed25519, all zero", signature -> new byte[64]);
        altered(table, "Ed25519, neutral point and zero", signature -> {
            byte[] neutral = new byte[64];
            neutral[0] = 1;
            return neutral;
        });
        altered(
                table,
                "Ed25519, S plus the order",
                signature -> joined(
                        Arrays.copyOf(signature, 32),
                        reversed(fixed(new BigInteger(1, reversed(tail(signature, 32))).add(ED25519_ORDER), 32))));
        altered(table, "Ed25519, a byte less", signature -> Arrays.copyOf(signature, 63));
        altered(table, "Ed25519, a byte more", signature -> Arrays.copyOf(signature, 65));
        altered(table, "Ed25519, one bit turned", SignatureAttacks::turned);
    }

    private static void altered(AttackTable table, String name, UnaryOperator<byte[]> step) {
        table.forgery(name, JwtFlaw.SIGNATURE, token -> {
            String text = token.text();
            int dot = text.lastIndexOf('.') + 1;
            return text.substring(0, dot)
                    + TestKey.encoded(step.apply(Base64.getUrlDecoder().decode(text.substring(dot))));
        });
    }

    /** As PEM, the same with a line's end, as DER, as JWK, and the bare number or point. */
    static List<byte[]> spellings(TestKey key) {
        byte[] der = key.pair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----";
        byte[] bare = switch (key.pair().getPublic()) {
            case RSAPublicKey rsa -> fixed(rsa.getModulus(), 256);
            case ECPublicKey ec ->
                joined(fixed(ec.getW().getAffineX(), 32), fixed(ec.getW().getAffineY(), 32));
            default -> throw new IllegalArgumentException(key.id());
        };
        return List.of(
                pem.getBytes(StandardCharsets.US_ASCII),
                (pem + "\n").getBytes(StandardCharsets.US_ASCII),
                der,
                TestToken.json(key.jwk()).getBytes(StandardCharsets.UTF_8),
                bare);
    }

    static byte[] hmac(String algorithm, byte[] secret, String signed) {
        try {
            Mac mac = Mac.getInstance(algorithm.replace("HS", "HmacSHA"));
            mac.init(new SecretKeySpec(secret, "secret"));
            return mac.doFinal(signed.substring(0, signed.length() - 1).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is signed, and the dot behind it. */
    static String signed(TestToken token) {
        String text = token.text();
        return text.substring(0, text.lastIndexOf('.') + 1);
    }

    private static byte[] der(TestToken token) {
        try {
            Signature signature = Signature.getInstance(token.key().algorithm().replace("ES", "SHA") + "withECDSA");
            signature.initSign(token.key().pair().getPrivate());
            String signed = signed(token);
            signature.update(signed.substring(0, signed.length() - 1).getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String spliced(TestToken one, TestToken other, int part) {
        String[] parts = one.text().split("\\.");
        parts[part] = other.text().split("\\.")[part];
        return String.join(".", parts);
    }

    private static byte[] turned(byte[] signature) {
        byte[] other = signature.clone();
        other[17] ^= 1;
        return other;
    }

    private static byte[] tail(byte[] signature, int from) {
        return Arrays.copyOfRange(signature, from, signature.length);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] other = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            other[i] = bytes[bytes.length - 1 - i];
        }
        return other;
    }

    private static byte[] fixed(BigInteger number, int length) {
        return HexFormat.of().parseHex(("%0" + 2 * length + "x").formatted(number));
    }
}
