package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.simulator.Decoy;
import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

class StsClientsTest {

    private final NoNetwork network = new NoNetwork();
    private final StsClients clients = clients(Optional.empty());

    @AfterEach
    void close() {
        clients.close();
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, https://sts.eu-west-1.amazonaws.com",
        "us-east-1, https://sts.us-east-1.amazonaws.com",
        "us-gov-west-1, https://sts.us-gov-west-1.amazonaws.com",
        "cn-north-1, https://sts.cn-north-1.amazonaws.com.cn",
        "eusc-de-east-1, https://sts.eusc-de-east-1.amazonaws.eu"
    })
    void unsigned_ofARegion_callsTheRegionsOwnEndpoint(String region, String endpoint) {
        call(clients.unsigned(new AwsRegion(region)));

        assertThat(network.last().getUri()).hasToString(endpoint);
    }

    @Test
    void signed_ofARegion_callsTheRegionsOwnEndpointAndSignsForIt() {
        call(clients.signed(new AwsRegion("us-gov-west-1")));

        assertThat(network.last().getUri()).hasToString("https://sts.us-gov-west-1.amazonaws.com");
        assertThat(network.last().firstMatchingHeader("Authorization").orElseThrow())
                .contains("Credential=" + World.KEY.accessKeyId() + "/", "/us-gov-west-1/sts/aws4_request");
    }

    @Test
    void unsigned_carriesNoSignature() {
        call(clients.unsigned(new AwsRegion("eu-west-1")));

        assertThat(network.last().firstMatchingHeader("Authorization")).isEmpty();
    }

    @Test
    void client_withAnEndpointOfItsOwn_callsThatForEveryRegion() {
        StsClients overridden = clients(Optional.of(URI.create("https://vpce-1.sts.example.com")));

        call(overridden.unsigned(new AwsRegion("cn-north-1")));

        assertThat(network.last().getUri()).hasToString("https://vpce-1.sts.example.com");
    }

    /** Written by whoever may write {@code ~/.aws/config}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "endpoint_url = https://elsewhere.example.com",
                "services = elsewhere\n[services elsewhere]\nsts =\n  endpoint_url = https://elsewhere.example.com",
                "use_fips_endpoint = true",
                "use_dualstack_endpoint = true"
            })
    void client_whateverTheProfileSays_callsTheRegionsOwnEndpoint(String settings, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("config"), "[default]\n" + settings + "\n");

        withProperties(
                Map.of("aws.configFile", file.toString()), () -> call(clients.signed(new AwsRegion("eu-west-1"))));

        assertThat(network.last().getUri()).hasToString("https://sts.eu-west-1.amazonaws.com");
    }

    /** For those who must; it is AWS's own. */
    @Test
    void client_toldToUseFips_callsTheRegionsOwnFipsEndpoint() {
        withProperties(Map.of("aws.useFipsEndpoint", "true"), () -> call(clients.unsigned(new AwsRegion("us-west-2"))));

        assertThat(network.last().getUri()).hasToString("https://sts-fips.us-west-2.amazonaws.com");
    }

    /** The SDK's own way with {@code HTTP_PROXY} and {@code http.proxyHost}: loopback is no exception to it. */
    @Test
    void client_ofAnEndpointInClear_neverGoesThroughAProxy() {
        try (Simulator simulator = new Simulator(InstantSource.system());
                Decoy proxy = new Decoy()) {
            Map<String, String> proxied =
                    Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", Integer.toString(proxy.port()));

            withProperties(proxied, () -> call(connecting(simulator.url()).unsigned(new AwsRegion("eu-west-1"))));

            assertThat(proxy.connections()).isZero();
            assertThat(simulator.sts().arrivals()).isOne();
        }
    }

    /** Which is how a broker without a way out of its own reaches AWS; the proxy sees a tunnel. */
    @Test
    void client_ofAnEndpointOverHttps_goesThroughTheProxy() {
        try (Decoy proxy = new Decoy()) {
            Map<String, String> proxied =
                    Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", Integer.toString(proxy.port()));

            withProperties(
                    proxied,
                    () -> assertThatThrownBy(() -> connecting("https://vpce-1.sts.example.com")
                                    .unsigned(new AwsRegion("eu-west-1"))
                                    .getCallerIdentity())
                            .isInstanceOf(SdkClientException.class));

            assertThat(proxy.connections()).isPositive();
        }
    }

    @Test
    void client_ofTheSameRegion_isMadeOnce() {
        AwsRegion region = new AwsRegion("eu-west-1");

        assertThat(clients.unsigned(region)).isSameAs(clients.unsigned(region)).isNotSameAs(clients.signed(region));
    }

    private StsClients clients(Optional<URI> endpoint) {
        return new StsClients(endpoint, StaticCredentialsProvider.create(World.KEY), () -> network);
    }

    private static StsClients connecting(String endpoint) {
        return new StsClients(
                Optional.of(URI.create(endpoint)),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                StaticCredentialsProvider.create(World.KEY));
    }

    private static void withProperties(Map<String, String> properties, Runnable task) {
        properties.forEach(System::setProperty);
        try {
            task.run();
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private static void call(StsClient client) {
        assertThatThrownBy(client::getCallerIdentity).isInstanceOf(StsException.class);
    }

    /** Says no to whatever is sent, and remembers it. */
    private static final class NoNetwork implements SdkHttpClient {

        private final List<SdkHttpRequest> sent = new ArrayList<>();

        SdkHttpRequest last() {
            return sent.getLast();
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            sent.add(request.httpRequest());
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    String no = "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>";
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(403).build())
                            .responseBody(AbortableInputStream.create(
                                    new ByteArrayInputStream(no.getBytes(StandardCharsets.UTF_8))))
                            .build();
                }

                @Override
                public void abort() {
                    // Over before anybody could.
                }
            };
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
