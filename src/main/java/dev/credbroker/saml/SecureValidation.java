package dev.credbroker.saml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this JDK still refuses SHA-1 in XML signatures by itself. The broker has an allow-list of its own; this is
 * the second lock, and an operator may have opened it in {@code java.security}.
 */
final class SecureValidation {

    /** The security property that holds the JDK's policy. */
    static final String POLICY = "jdk.xml.dsig.secureValidationPolicy";

    static final String ADVICE = "the security property " + POLICY
            + " of this JDK no longer disallows SHA-1; use a java.security file with the JDK's own value";

    private static final List<String> SHA1 = List.of(
            "disallowAlg http://www.w3.org/2000/09/xmldsig#sha1",
            "disallowAlg http://www.w3.org/2000/09/xmldsig#dsa-sha1",
            "disallowAlg http://www.w3.org/2000/09/xmldsig#rsa-sha1",
            "disallowAlg http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1",
            "disallowAlg http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1");

    private SecureValidation() {}

    static boolean refusesSha1(@Nullable String policy) {
        return policy != null && List.of(policy.strip().split("\\s*,\\s*")).containsAll(SHA1);
    }
}
