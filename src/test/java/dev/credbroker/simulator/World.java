package dev.credbroker.simulator;

import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import dev.credbroker.simulator.idp.TokenDraft;
import dev.credbroker.simulator.sts.SimulatedSts;
import dev.credbroker.simulator.sts.Trust;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

/** A simulator with one role per operation, and the real SDK in front of it. Shared by the tests of a class. */
public final class World implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

    public static final String AUDIENCE = "credential-broker";
    public static final String PROVIDER = "arn:aws:iam::123456789012:saml-provider/ADFS";
    public static final String SAML_ROLE = "arn:aws:iam::123456789012:role/people/ADFS-Production";
    public static final String OIDC_ROLE = "arn:aws:iam::123456789012:role/Batch-Upload";
    public static final String KEY_ROLE = "arn:aws:iam::123456789012:role/Deployer";
    public static final AwsCredentials KEY = AwsBasicCredentials.create("AKIATESTBROKER000001", "a secret of the test");

    private final TestClock clock = new TestClock();
    private final Simulator simulator = new Simulator(clock);
    private final SimulatedIdentityProvider provider = simulator.identityProvider();
    private final Map<AwsCredentials, StsClient> clients = new ConcurrentHashMap<>();
    private final StsClient anonymous = anonymous();

    @Override
    public void beforeEach(ExtensionContext context) {
        furnish();
    }

    /** As every test finds it. */
    public void furnish() {
        clock.turnTo(TestClock.START);
        sts().faults().clear();
        sts().tellTheTruth();
        provider.clearFaults();
        simulator.registerOidc(provider, AUDIENCE);
        simulator.registerSaml(provider, PROVIDER);
        sts().accessKey(KEY.accessKeyId(), KEY.secretAccessKey());
        sts().role(SAML_ROLE, Duration.ofHours(4), Trust.saml(PROVIDER));
        sts().role(OIDC_ROLE, Duration.ofHours(4), Trust.webIdentity(provider.issuer()));
        sts().role(KEY_ROLE, Duration.ofHours(4), Trust.caller(KEY.accessKeyId()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        anonymous.close();
        clients.values().forEach(StsClient::close);
        simulator.close();
    }

    public TestClock clock() {
        return clock;
    }

    public Simulator simulator() {
        return simulator;
    }

    public SimulatedIdentityProvider provider() {
        return provider;
    }

    public SimulatedSts sts() {
        return simulator.sts();
    }

    /** A token that opens {@link #OIDC_ROLE}. */
    public TokenDraft token() {
        return provider.token().subject("alice").audience(AUDIENCE);
    }

    /** A response that opens {@link #SAML_ROLE}. */
    public SamlDraft response() {
        return provider.samlResponse().role(SAML_ROLE, PROVIDER).roleSessionName("alice");
    }

    public AssumeRoleResponse assumeRole(Consumer<AssumeRoleRequest.Builder> change) {
        return assumeRole(KEY, change);
    }

    public AssumeRoleResponse assumeRole(AwsCredentials credentials, Consumer<AssumeRoleRequest.Builder> change) {
        AssumeRoleRequest.Builder request =
                AssumeRoleRequest.builder().roleArn(KEY_ROLE).roleSessionName("deploy");
        change.accept(request);
        return clients.computeIfAbsent(credentials, this::client).assumeRole(request.build());
    }

    public AssumeRoleWithSamlResponse withSaml(SamlDraft response) {
        return withSaml(response, _ -> {});
    }

    public AssumeRoleWithSamlResponse withSaml(SamlDraft response, Consumer<AssumeRoleWithSamlRequest.Builder> change) {
        return withSaml(response.encode(), change);
    }

    public AssumeRoleWithSamlResponse withSaml(String assertion, Consumer<AssumeRoleWithSamlRequest.Builder> change) {
        AssumeRoleWithSamlRequest.Builder request = AssumeRoleWithSamlRequest.builder()
                .roleArn(SAML_ROLE)
                .principalArn(PROVIDER)
                .samlAssertion(assertion);
        change.accept(request);
        return anonymous.assumeRoleWithSAML(request.build());
    }

    public AssumeRoleWithWebIdentityResponse withToken(TokenDraft token) {
        return withToken(token.sign(), _ -> {});
    }

    public AssumeRoleWithWebIdentityResponse withToken(
            String token, Consumer<AssumeRoleWithWebIdentityRequest.Builder> change) {
        AssumeRoleWithWebIdentityRequest.Builder request = AssumeRoleWithWebIdentityRequest.builder()
                .roleArn(OIDC_ROLE)
                .roleSessionName("batch")
                .webIdentityToken(token);
        change.accept(request);
        return anonymous.assumeRoleWithWebIdentity(request.build());
    }

    public StsClient client(AwsCredentials credentials) {
        return client(StaticCredentialsProvider.create(credentials));
    }

    public StsClient anonymous() {
        return client(AnonymousCredentialsProvider.create());
    }

    /** Tries once only, so that every fault is seen. */
    private StsClient client(AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .endpointOverride(URI.create(simulator.url()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(Duration.ofSeconds(20)))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }
}
