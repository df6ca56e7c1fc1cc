package dev.credbroker.packaged;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import dev.credbroker.simulator.idp.TokenDraft;
import dev.credbroker.simulator.sts.SimulatedSts;
import dev.credbroker.simulator.sts.Trust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The simulator with one role for each operation and one that nobody may assume, and a packaged broker before it. */
public final class SimulatedWorld implements AutoCloseable {

    static final String ACCESS_KEY_ID = "AKIATESTBROKER000001";
    static final String SECRET_ACCESS_KEY = "own-secret-of-the-broker-000000000000001";

    private static final String PROVIDER_ARN = "arn:aws:iam::123456789012:saml-provider/ADFS";
    private static final String SAML_ROLE = "arn:aws:iam::123456789012:role/ADFS-Production";
    public static final String WEB_ROLE = "arn:aws:iam::123456789012:role/Batch-Upload";
    private static final String KEY_ROLE = "arn:aws:iam::123456789012:role/Deployer";
    private static final String DISTRUSTING_ROLE = "arn:aws:iam::123456789012:role/Distrusting";

    private static final String CONFIGURATION = """
            broker:
              issuers:
                corp:
                  issuer: URL/idp/corp
                  audiences: [credential-broker]
              saml:
                adfs:
                  metadata: URL/idp/corp/saml/metadata
                  provider-arn: arn:aws:iam::*:saml-provider/ADFS
              roles:
                adfs-production:
                  arn: arn:aws:iam::123456789012:role/ADFS-Production
                  operation: assume-role-with-saml
                  max-duration: 12h
                  admit: [{ provider: adfs, everyone: true }]
                batch-upload:
                  arn: arn:aws:iam::123456789012:role/Batch-Upload
                  operation: assume-role-with-web-identity
                  max-duration: 12h
                  admit: [{ provider: corp, match: { groups: { any-of: [uploaders] } } }]
                deployer:
                  arn: arn:aws:iam::123456789012:role/Deployer
                  operation: assume-role
                  max-duration: 4h
                  admit: [{ provider: corp, match: { groups: { any-of: [uploaders] } } }]
                distrusting:
                  arn: arn:aws:iam::123456789012:role/Distrusting
                  operation: assume-role
                  admit: [{ provider: corp, everyone: true }]
              sts:
                region: eu-west-1
                endpoint-override: URL
            """;

    private final Simulator simulator = new Simulator(InstantSource.system());
    private final PackagedBroker broker;

    public SimulatedWorld(String... options) {
        simulator.registerOidc(issuer(), "credential-broker");
        simulator.registerSaml(issuer(), PROVIDER_ARN);
        sts().accessKey(ACCESS_KEY_ID, SECRET_ACCESS_KEY);
        sts().role(SAML_ROLE, Duration.ofHours(12), Trust.saml(PROVIDER_ARN));
        sts().role(WEB_ROLE, Duration.ofHours(12), Trust.webIdentity(issuer().issuer()));
        sts().role(KEY_ROLE, Duration.ofHours(4), Trust.caller(ACCESS_KEY_ID));
        sts().role(DISTRUSTING_ROLE, Duration.ofHours(4), Trust.caller("AKIASOMEBODYELSE0001"));
        broker = another(options);
    }

    /** One more broker before the same simulator; it is the caller's to close. */
    public PackagedBroker another(String... options) {
        return PackagedBroker.start(
                CONFIGURATION.replace("URL", simulator.url()),
                Stream.concat(
                                Stream.of(
                                        "-Daws.accessKeyId=" + ACCESS_KEY_ID,
                                        "-Daws.secretAccessKey=" + SECRET_ACCESS_KEY),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    /** Until both the issuer's keys and the metadata have been fetched. */
    public SimulatedWorld awaitReady() {
        broker.awaitReady();
        if (!Polling.until(this::bothAreUsable, Duration.ofSeconds(90))) {
            throw new AssertionError("The providers are not usable; the broker's log:%n%s".formatted(broker.log()));
        }
        return this;
    }

    private boolean bothAreUsable() {
        String health = Http.get(broker.managementUrl() + "/q/health/ready").body();
        return health.contains("\"issuer.corp\": \"usable") && health.contains("\"saml.adfs\": \"usable");
    }

    public PackagedBroker broker() {
        return broker;
    }

    public SimulatedSts sts() {
        return simulator.sts();
    }

    /** STS's endpoint. */
    public String stsUrl() {
        return simulator.url();
    }

    public SimulatedIdentityProvider issuer() {
        return simulator.identityProvider();
    }

    /** Not trusted by the broker. */
    SimulatedIdentityProvider stranger() {
        return simulator.identityProvider("stranger");
    }

    /** A token of one of the uploaders, addressed to the broker. */
    public TokenDraft token(String subject) {
        return issuer().token().subject(subject).audience("credential-broker").claim("groups", List.of("uploaders"));
    }

    public SamlDraft response(String subject) {
        return issuer().samlResponse()
                .nameId(subject)
                .role(SAML_ROLE, PROVIDER_ARN)
                .roleSessionName(subject);
    }

    @Override
    public void close() {
        broker.close();
        simulator.close();
    }
}
