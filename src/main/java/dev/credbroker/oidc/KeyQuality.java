package dev.credbroker.oidc;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;

/** Whether a published key is one that only its owner can sign with. */
final class KeyQuality {

    /** RFC 7518, section 3.3. */
    private static final int SHORTEST_MODULUS = 2048;
    /** A longer one makes each verification slow. */
    private static final int LONGEST_MODULUS = 8192;
    /** FIPS 186-5, section A.1.1: 2^16 &lt; e &lt; 2^256. */
    private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65_537);

    private static final int LONGEST_EXPONENT = 256;

    private KeyQuality() {}

    static boolean good(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> good(rsa.getModulus()) && goodExponent(rsa.getPublicExponent());
            case ECPublicKey ec -> onCurve(ec.getW(), ec.getParams().getCurve());
            case EdECPublicKey _ -> true;
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
        return !point.equals(ECPoint.POINT_INFINITY)
                && inField(x, p)
                && inField(y, p)
                && y.pow(2).mod(p).equals(right);
    }

    private static boolean inField(BigInteger coordinate, BigInteger p) {
        return coordinate.signum() >= 0 && coordinate.compareTo(p) < 0;
    }
}
