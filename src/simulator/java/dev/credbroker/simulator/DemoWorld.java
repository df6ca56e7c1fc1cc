package dev.credbroker.simulator;

import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import dev.credbroker.simulator.sts.Trust;
import java.time.Duration;
import java.time.InstantSource;

/** A small company for the demo: one identity provider, one AWS account, one role per operation. */
public final class DemoWorld {

    /** Name of the identity provider, which speaks OIDC and SAML: {@code /idp/demo}. */
    public static final String IDENTITY_PROVIDER = "demo";

    public static final String AUDIENCE = "credential-broker";
    public static final String SAML_PROVIDER_ARN = "arn:aws:iam::123456789012:saml-provider/ADFS";

    /** {@code AssumeRoleWithSAML}, at most 12 hours. */
    public static final String ADFS_PRODUCTION = "arn:aws:iam::123456789012:role/ADFS-Production";

    /** {@code AssumeRoleWithWebIdentity}, at most 4 hours. */
    public static final String BATCH_UPLOAD = "arn:aws:iam::123456789012:role/Batch-Upload";

    /** {@code AssumeRole} by {@link #ACCESS_KEY_ID}, at most 4 hours. */
    public static final String DEPLOYER = "arn:aws:iam::123456789012:role/Deployer";

    /** The broker's own key in the demo. It opens nothing but this simulator. */
    public static final String ACCESS_KEY_ID = "AKIADEMOBROKER000001";

    public static final String SECRET_ACCESS_KEY = "demo/secret/of/the/broker/000000000000001";

    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration MAXIMUM = Duration.ofHours(4);

    private DemoWorld() {}

    /**
     * A simulator with all of it.
     *
     * @param port 0 for any free one
     */
    public static Simulator start(int port, InstantSource clock) {
        Simulator simulator = new Simulator(port, clock, InstantSource.system());
        furnish(simulator);
        return simulator;
    }

    /** Registers all of it with the simulator. */
    public static void furnish(Simulator simulator) {
        SimulatedIdentityProvider provider = simulator.identityProvider(IDENTITY_PROVIDER);
        simulator.registerOidc(provider, AUDIENCE);
        simulator.registerSaml(provider, SAML_PROVIDER_ARN);
        simulator.sts().accessKey(ACCESS_KEY_ID, SECRET_ACCESS_KEY);
        simulator.sts().role(ADFS_PRODUCTION, LONGEST, Trust.saml(SAML_PROVIDER_ARN));
        simulator.sts().role(BATCH_UPLOAD, MAXIMUM, Trust.webIdentity(provider.issuer()));
        simulator.sts().role(DEPLOYER, MAXIMUM, Trust.caller(ACCESS_KEY_ID));
    }
}
