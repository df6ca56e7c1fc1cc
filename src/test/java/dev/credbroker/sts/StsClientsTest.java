package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.simulator.World;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
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

    @Test
    void client_ofTheSameRegion_isMadeOnce() {
        AwsRegion region = new AwsRegion("eu-west-1");

        assertThat(clients.unsigned(region)).isSameAs(clients.unsigned(region)).isNotSameAs(clients.signed(region));
    }

    private StsClients clients(Optional<URI> endpoint) {
        return new StsClients(endpoint, Duration.ofSeconds(5), StaticCredentialsProvider.create(World.KEY), network);
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
