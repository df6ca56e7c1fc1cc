package dev.credbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

class DemoWorldTest {

    private final Simulator simulator = DemoWorld.start(0, InstantSource.system());
    private final StsClient sts = StsClient.builder()
            .endpointOverride(URI.create(simulator.url()))
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(DemoWorld.ACCESS_KEY_ID, DemoWorld.SECRET_ACCESS_KEY)))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();

    @AfterEach
    void stop() {
        sts.close();
        simulator.close();
    }

    @Test
    void token_ofTheCurlPage_opensBatchUpload() throws Exception {
        String token = get("/idp/demo/token?sub=alice&groups=uploaders&aud=credential-broker&lifetime=3600");

        assertThat(token).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(sts.assumeRoleWithWebIdentity(request -> request.roleArn(DemoWorld.BATCH_UPLOAD)
                                .roleSessionName("alice")
                                .durationSeconds(14_400)
                                .webIdentityToken(token))
                        .subjectFromWebIdentityToken())
                .isEqualTo("alice");
    }

    @Test
    void token_withGroupsAndAClaim_carriesThem() throws Exception {
        String token = get("/idp/demo/token?sub=bob&groups=a,b&groups=c&azp=cli&alg=ES256");

        assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8))
                .contains("\"sub\":\"bob\"", "\"groups\":[\"a\",\"b\",\"c\"]", "\"azp\":\"cli\"");
    }

    @Test
    void tokenPage_withNonsense_isABadRequest() throws Exception {
        assertThat(get("/idp/demo/token?lifetime=long")).contains("lifetime is a number of seconds");
        assertThat(get("/idp/demo/token?alg=none")).contains("alg one of");
    }

    @Test
    void samlResponse_ofTheCurlPage_opensAdfsProduction() throws Exception {
        String response = get("/idp/demo/saml?user=alice&role=" + encode(DemoWorld.ADFS_PRODUCTION) + "&provider="
                + encode(DemoWorld.SAML_PROVIDER_ARN));

        assertThat(response).doesNotContainAnyWhitespaces();
        assertThat(sts.assumeRoleWithSAML(request -> request.roleArn(DemoWorld.ADFS_PRODUCTION)
                                .principalArn(DemoWorld.SAML_PROVIDER_ARN)
                                .durationSeconds(43_200)
                                .samlAssertion(response))
                        .subject())
                .isEqualTo("alice");
    }

    @Test
    void samlPage_withoutARole_isABadRequest() throws Exception {
        assertThat(Wire.get(simulator.url() + "/idp/demo/saml?user=alice").statusCode())
                .isEqualTo(400);
    }

    @Test
    void accessKey_ofTheBroker_opensDeployer() {
        assertThat(sts.assumeRole(request -> request.roleArn(DemoWorld.DEPLOYER)
                                .roleSessionName("alice")
                                .durationSeconds(14_400))
                        .assumedRoleUser()
                        .arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/Deployer/alice");
    }

    private String get(String path) throws Exception {
        return Wire.get(simulator.url() + path).body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
