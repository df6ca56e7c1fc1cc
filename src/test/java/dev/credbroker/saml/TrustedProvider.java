package dev.credbroker.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A simulated identity provider, and a broker that trusts it under the name {@code adfs}. */
final class TrustedProvider {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    static final String ROLE = "arn:aws:iam::123456789012:role/ADFS-Production";
    static final String PROVIDER = "arn:aws:iam::123456789012:saml-provider/ADFS";
    static final String BROKER_AUDIENCE = "urn:example:credential-broker";
    static final String BROKER_RECIPIENT = "https://broker.example.com/v1/credentials";

    static final SimulatedIdentityProvider IDP =
            new SimulatedIdentityProvider("adfs", "https://idp.example.com", Set.of(), InstantSource.fixed(NOW));

    private TrustedProvider() {}

    /** Genuine, addressed to AWS, valid from {@link #NOW} for five minutes. */
    static SamlDraft response() {
        return IDP.samlResponse().role(ROLE, PROVIDER).roleSessionName("alice@example.com");
    }

    /** Genuine, addressed to the broker. */
    static SamlDraft responseToBroker() {
        return response().audience(BROKER_AUDIENCE).recipient(BROKER_RECIPIENT).destination(BROKER_RECIPIENT);
    }

    static AssertionCheck check(SamlDraft response, String... settings) {
        return check(response.encode(), NOW, settings);
    }

    static AssertionCheck checkXml(String xml, String... settings) {
        return check(SamlDraft.encode(xml), NOW, settings);
    }

    /** @param settings keys below {@code broker.saml.adfs} and their values, in turn */
    static AssertionCheck check(String samlResponse, Instant now, String... settings) {
        return checker(now, settings).check(Secret.of(samlResponse));
    }

    /** @param settings as {@link #check} takes them */
    static AssertionChecker checker(Instant now, String... settings) {
        Findings findings = new Findings();
        SamlProviders providers = SamlProviders.from(config(settings), findings, InstantSource.fixed(now));
        assertThat(findings.all()).isEmpty();
        return new AssertionChecker(providers, InstantSource.fixed(now));
    }

    static CheckedAssertion genuine(AssertionCheck check) {
        assertThat(check).isInstanceOf(AssertionCheck.Genuine.class);
        return ((AssertionCheck.Genuine) check).assertion();
    }

    static CheckedAssertion genuine(SamlDraft response, String... settings) {
        return genuine(check(response, settings));
    }

    static AssertionFlaw flaw(AssertionCheck check) {
        assertThat(check).isInstanceOf(AssertionCheck.Rejected.class);
        return ((AssertionCheck.Rejected) check).flaw();
    }

    static AssertionFlaw flaw(SamlDraft response, String... settings) {
        return flaw(check(response, settings));
    }

    /** @param settings as for {@link #check(String, Instant, String...)} */
    static SamlConfig config(String... settings) {
        Map<String, String> provider = new HashMap<>(Map.of(
                "entity-id",
                IDP.entityId(),
                "provider-arn",
                "arn:aws:iam::*:saml-provider/ADFS",
                "broker-audience",
                BROKER_AUDIENCE,
                "broker-recipient",
                BROKER_RECIPIENT));
        List<X509Certificate> certificates = IDP.certificates();
        for (int i = 0; i < certificates.size(); i++) {
            provider.put("signing-certificates[" + i + "]", pem(certificates.get(i)));
        }
        for (int i = 0; i < settings.length; i += 2) {
            provider.put(settings[i], settings[i + 1]);
        }
        Map<String, String> properties = new HashMap<>();
        provider.forEach((key, value) -> properties.put("broker.saml.adfs." + key, value));
        return config(properties);
    }

    /** The mapping as the broker itself reads it. An empty value takes a property away. */
    static SamlConfig config(Map<String, String> properties) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(SamlConfig.class);
        properties.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(SamlConfig.class);
    }

    static String pem(X509Certificate certificate) {
        try {
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
