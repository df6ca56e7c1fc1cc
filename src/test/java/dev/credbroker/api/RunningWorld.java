package dev.credbroker.api;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import dev.credbroker.simulator.idp.TokenDraft;
import dev.credbroker.simulator.sts.SimulatedSts;
import dev.credbroker.simulator.sts.Trust;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The simulated world beside the broker that the tests of HTTP run against, and the broker's configuration for it. */
public final class RunningWorld implements QuarkusTestResourceLifecycleManager {

    static final String AUDIENCE = "credential-broker";
    static final String PROVIDER_ARN = "arn:aws:iam::123456789012:saml-provider/ADFS";
    static final String SAML_ROLE = "arn:aws:iam::123456789012:role/ADFS-Production";
    static final String WEB_ROLE = "arn:aws:iam::123456789012:role/Batch-Upload";
    static final String KEY_ROLE = "arn:aws:iam::123456789012:role/Deployer";
    static final String DISTRUSTING_ROLE = "arn:aws:iam::123456789012:role/Distrusting";

    static final String PARTNER_ARN = "arn:aws:iam::123456789012:saml-provider/Partner";
    static final String PARTNER_SAML_ROLE = "arn:aws:iam::123456789012:role/Partner-Production";
    static final String PARTNER_KEY_ROLE = "arn:aws:iam::123456789012:role/Partner-Deployer";
    static final String PARTNER_AUDIENCE = "urn:example:credential-broker";
    static final String PARTNER_RECIPIENT = "https://broker.example.com/v1/credentials";

    /** Shorter at AWS than the catalogue says. */
    static final String SHORT_ROLE = "arn:aws:iam::123456789012:role/Short";

    static final String ACCESS_KEY_ID = "AKIATESTBROKER000001";

    private static final String SECRET_ACCESS_KEY = "canary-own-secret-of-the-broker-0000001";

    private static final StoppableClock clock = new StoppableClock();
    private static final StoppableClock brokerClock = new StoppableClock();
    private static final Simulator simulator = new Simulator(clock);
    private static final Path audit = newFile("audit", ".jsonl");
    private static final Path metadata = newFile("metadata", ".xml");

    /** By which everything is made and judged but what the broker judges. */
    static StoppableClock clock() {
        return clock;
    }

    static StoppableClock brokerClock() {
        return brokerClock;
    }

    static SimulatedSts sts() {
        return simulator.sts();
    }

    static SimulatedIdentityProvider issuer() {
        return simulator.identityProvider("corp");
    }

    /** An issuer that the broker trusts and that never answers. */
    static SimulatedIdentityProvider deadIssuer() {
        return simulator.identityProvider("dead");
    }

    /** Not trusted by the broker. */
    static SimulatedIdentityProvider stranger() {
        return simulator.identityProvider("stranger");
    }

    /** Signs SAML for AWS and for the broker; either signature is enough. */
    static SimulatedIdentityProvider partner() {
        return simulator.identityProvider("partner");
    }

    static Path audit() {
        return audit;
    }

    /** A token of one of the uploaders, addressed to the broker. */
    static TokenDraft token(String subject) {
        return issuer().token().subject(subject).audience(AUDIENCE).claim("groups", List.of("uploaders"));
    }

    static SamlDraft response(String subject) {
        return issuer().samlResponse()
                .nameId(subject)
                .role(SAML_ROLE, PROVIDER_ARN)
                .roleSessionName(subject);
    }

    /** Of the partner, to AWS. */
    static SamlDraft partnerResponse(String subject) {
        return partner()
                .samlResponse()
                .nameId(subject)
                .role(PARTNER_SAML_ROLE, PARTNER_ARN)
                .roleSessionName(subject);
    }

    /** Of the partner, to the broker. */
    static SamlDraft partnerResponseToBroker(String subject) {
        return partnerResponse(subject)
                .audience(PARTNER_AUDIENCE)
                .recipient(PARTNER_RECIPIENT)
                .destination(PARTNER_RECIPIENT);
    }

    @Override
    public Map<String, String> start() {
        System.setProperty("aws.accessKeyId", ACCESS_KEY_ID);
        System.setProperty("aws.secretAccessKey", SECRET_ACCESS_KEY);
        simulator.registerOidc(issuer(), AUDIENCE);
        simulator.registerSaml(issuer(), PROVIDER_ARN);
        simulator.registerSaml(partner(), PARTNER_ARN);
        sts().accessKey(ACCESS_KEY_ID, SECRET_ACCESS_KEY);
        sts().role(SAML_ROLE, Duration.ofHours(12), Trust.saml(PROVIDER_ARN));
        sts().role(WEB_ROLE, Duration.ofHours(12), Trust.webIdentity(issuer().issuer()));
        sts().role(KEY_ROLE, Duration.ofHours(4), Trust.caller(ACCESS_KEY_ID));
        sts().role(DISTRUSTING_ROLE, Duration.ofHours(4), Trust.caller("AKIASOMEBODYELSE0001"));
        sts().role(SHORT_ROLE, Duration.ofHours(1), Trust.caller(ACCESS_KEY_ID));
        sts().role(PARTNER_SAML_ROLE, Duration.ofHours(12), Trust.saml(PARTNER_ARN));
        sts().role(PARTNER_KEY_ROLE, Duration.ofHours(4), Trust.caller(ACCESS_KEY_ID));
        deadIssuer().failAlways(new Fault.Cut());
        write(metadata, partner().metadata());
        return Map.of(
                "simulator.url",
                simulator.url(),
                "broker.audit.file",
                audit.toString(),
                "broker.saml.partner.metadata",
                metadata.toString());
    }

    @Override
    public void stop() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        simulator.close();
    }

    private static Path newFile(String name, String suffix) {
        try {
            Path file = Files.createTempFile(name, suffix);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
