package dev.credbroker.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import org.junit.jupiter.api.Test;

class SecureValidationTest {

    private static final String POLICY = Security.getProperty(SecureValidation.POLICY);

    @Test
    void refusesSha1_thisJdk_does() {
        assertThat(SecureValidation.refusesSha1(POLICY)).isTrue();
    }

    @Test
    void refusesSha1_aPolicyWithoutOneLine_doesNot() {
        String sha1 = "disallowAlg http://www.w3.org/2000/09/xmldsig#rsa-sha1";

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
