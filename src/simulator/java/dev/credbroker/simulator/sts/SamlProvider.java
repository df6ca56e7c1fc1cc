package dev.credbroker.simulator.sts;

import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** A SAML provider as IAM knows it: who signs, and with which certificates. */
record SamlProvider(String arn, List<X509Certificate> certificates, String entityId) {

    SamlProvider {
        Arn.require(arn, "saml-provider");
        certificates = List.copyOf(certificates);
    }

    Arn name() {
        return Arn.require(arn, "saml-provider");
    }

    /** What makes a NameID unique: a digest of issuer, account and provider. */
    String nameQualifier() {
        String text = entityId + name().account() + "/" + name().name();
        return Base64.getEncoder().encodeToString(Digests.sha1(text));
    }
}
