package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import org.junit.jupiter.api.Test;

/** Points that solve the equation of the curve and are none of it: some of them no JWK can write. */
class KeyQualityTest {

    private static final ECPublicKey KEY = (ECPublicKey) TestKey.EC.pair().getPublic();
    private static final BigInteger P = ((ECFieldFp) KEY.getParams().getCurve().getField()).getP();
    private static final BigInteger X = KEY.getW().getAffineX();
    private static final BigInteger Y = KEY.getW().getAffineY();

    @Test
    void good_coordinatesWithinTheField_is() {
        BigInteger yOfZero =
                KEY.getParams().getCurve().getB().modPow(P.add(BigInteger.ONE).shiftRight(2), P);

        assertThat(good(X, Y)).isTrue();
        assertThat(good(BigInteger.ZERO, yOfZero)).isTrue();
    }

    @Test
    void good_coordinateOutsideTheField_isNot() {
        assertThat(good(X.add(P), Y)).isFalse();
        assertThat(good(X, Y.add(P))).isFalse();
        assertThat(good(X.subtract(P), Y)).isFalse();
        assertThat(good(X, Y.negate())).isFalse();
    }

    private static boolean good(BigInteger x, BigInteger y) {
        return KeyQuality.good(new Point(new ECPoint(x, y)));
    }

    private record Point(ECPoint getW) implements ECPublicKey {

        @Override
        public ECParameterSpec getParams() {
            return KEY.getParams();
        }

        @Override
        public String getAlgorithm() {
            return KEY.getAlgorithm();
        }

        @Override
        public String getFormat() {
            return KEY.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return KEY.getEncoded();
        }
    }
}
