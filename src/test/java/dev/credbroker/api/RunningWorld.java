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
import java.time.InstantSource;
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

    /** Shorter at AWS than the catalogue says. */
    static final String SHORT_ROLE = "arn:aws:iam::123456789012:role/Short";

    static final String ACCESS_KEY_ID = "AKIATESTBROKER000001";

    private static final String SECRET_ACCESS_KEY = "canary-own-secret-of-the-broker-0000001";

    private static final Simulator simulator = new Simulator(InstantSource.system());
    private static final Path audit = newFile();

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

    @Override
    public Map<String, String> start() {
        System.setProperty("aws.accessKeyId", ACCESS_KEY_ID);
        System.setProperty("aws.secretAccessKey", SECRET_ACCESS_KEY);
        simulator.registerOidc(issuer(), AUDIENCE);
        simulator.registerSaml(issuer(), PROVIDER_ARN);
        sts().accessKey(ACCESS_KEY_ID, SECRET_ACCESS_KEY);
        sts().role(SAML_ROLE, Duration.ofHours(12), Trust.saml(PROVIDER_ARN));
        sts().role(WEB_ROLE, Duration.ofHours(12), Trust.webIdentity(issuer().issuer()));
        sts().role(KEY_ROLE, Duration.ofHours(4), Trust.caller(ACCESS_KEY_ID));
        sts().role(DISTRUSTING_ROLE, Duration.ofHours(4), Trust.caller("AKIASOMEBODYELSE0001"));
        sts().role(SHORT_ROLE, Duration.ofHours(1), Trust.caller(ACCESS_KEY_ID));
        deadIssuer().failAlways(new Fault.Cut());
        return Map.of("simulator.url", simulator.url(), "broker.audit.file", audit.toString());
    }

    @Override
    public void stop() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        simulator.close();
    }

    private static final Path newFile() {
        try {
            Path file = Files.createTempFile("audit", ".jsonl");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
