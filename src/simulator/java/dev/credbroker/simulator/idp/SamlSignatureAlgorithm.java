package dev.credbroker.simulator.idp;

import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;

/** A signature method of XML Signature (RFC 9231) with the digest that goes with it. */
public enum SamlSignatureAlgorithm {
    RSA_SHA256(SignatureMethod.RSA_SHA256, DigestMethod.SHA256),
    RSA_SHA384(SignatureMethod.RSA_SHA384, DigestMethod.SHA384),
    RSA_SHA512(SignatureMethod.RSA_SHA512, DigestMethod.SHA512),
    RSA_PSS_SHA256(SignatureMethod.SHA256_RSA_MGF1, DigestMethod.SHA256),
    ECDSA_SHA256(SignatureMethod.ECDSA_SHA256, DigestMethod.SHA256);

    private final String method;
    private final String digest;

    SamlSignatureAlgorithm(String method, String digest) {
        this.method = method;
        this.digest = digest;
    }

    String method() {
        return method;
    }

    String digest() {
        return digest;
    }

    boolean ecdsa() {
        return this == ECDSA_SHA256;
    }
}
