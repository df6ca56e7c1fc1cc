package dev.credbroker.oidc;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EdECPoint;
import java.security.spec.EllipticCurve;
import java.util.Set;

/** Whether a published key is one that only its owner can sign with. */
final class KeyQuality {

    /** RFC 7518, section 3.3. */
    private static final int SHORTEST_MODULUS = 2048;
    /** A longer one makes each verification slow. */
    private static final int LONGEST_MODULUS = 8192;
    /** FIPS 186-5, section A.1.1: 2^16 &lt; e &lt; 2^256. */
    private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65_537);

    private static final int LONGEST_EXPONENT = 256;

    /** Of Ed25519's field (RFC 8032, section 5.1). */
    private static final BigInteger P25519 = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The y of the one pair of points of order eight; the other pair has its negative. */
    private static final BigInteger ORDER_EIGHT =
            new BigInteger("5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

    /** Of order four, one and two, and eight. */
    private static final Set<BigInteger> SMALL_ORDER = Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            P25519.subtract(BigInteger.ONE),
            ORDER_EIGHT,
            P25519.subtract(ORDER_EIGHT));

    private KeyQuality() {}

    static boolean good(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> good(rsa.getModulus()) && goodExponent(rsa.getPublicExponent());
            case ECPublicKey ec -> onCurve(ec.getW(), ec.getParams().getCurve());
            case EdECPublicKey edwards -> good(edwards.getPoint());
            default -> false;
        };
    }

    private static boolean good(BigInteger modulus) {
        return modulus.bitLength() >= SHORTEST_MODULUS
                && modulus.bitLength() <= LONGEST_MODULUS
                && modulus.testBit(0)
                && !Roca.suspects(modulus);
    }

    private static boolean goodExponent(BigInteger exponent) {
        return exponent.compareTo(SMALLEST_EXPONENT) >= 0
                && exponent.bitLength() <= LONGEST_EXPONENT
                && exponent.testBit(0);
    }

    /** y² = x³ + ax + b, coordinates below p. The JDK takes any pair of numbers. */
    private static boolean onCurve(ECPoint point, EllipticCurve curve) {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right =
                x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        return inField(x, p) && inField(y, p) && y.pow(2).mod(p).equals(right);
    }

    /**
     * For a point of small order anybody can write a signature, of any text: the JDK takes such a key, as RFC 8032 lets
     * it. On curves with a prime order there is none.
     */
    private static boolean good(EdECPoint point) {
        return inField(point.getY(), P25519) && !SMALL_ORDER.contains(point.getY());
    }

    private static boolean inField(BigInteger coordinate, BigInteger p) {
        return coordinate.signum() >= 0 && coordinate.compareTo(p) < 0;
    }
}
