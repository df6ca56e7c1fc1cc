package dev.credbroker.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureValidationTest {

    private static final String POLICY = Security.getProperty(SecureValidation.POLICY);

    @Test
    void refusesSha1_thisJdk_does() {
        assertThat(SecureValidation.refusesSha1(POLICY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000/09/xmldsig#sha1",
                "2000/09/xmldsig#dsa-sha1",
                "2000/09/xmldsig#rsa-sha1",
                "2007/05/xmldsig-more#sha1-rsa-MGF1",
                "2001/04/xmldsig-more#ecdsa-sha1"
            })
    void refusesSha1_aPolicyWithoutOneLine_doesNot(String algorithm) {
        String sha1 = "disallowAlg http://www.w3.org/" + algorithm;

        assertThat(POLICY).contains(sha1);
        assertThat(SecureValidation.refusesSha1(POLICY.replace(sha1, "maxTransforms 6")))
                .isFalse();
        assertThat(SecureValidation.refusesSha1(POLICY.replace(sha1, sha1 + "x")))
                .isFalse();
    }

    @Test
    void refusesSha1_noPolicy_doesNot() {
        assertThat(SecureValidation.refusesSha1("")).isFalse();
        assertThat(SecureValidation.refusesSha1(null)).isFalse();
    }
}
