package dev.credbroker.simulator.sts;

import static dev.credbroker.simulator.World.KEY;
import static dev.credbroker.simulator.sts.StsAssertions.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.Wire;
import dev.credbroker.simulator.World;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Signature Version 4, with the SDK's own signer on the other side. */
class GetCallerIdentityTest {

    private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";

    @RegisterExtension
    static final World WORLD = new World();

    @Test
    void getCallerIdentity_byAnIssuedSession_namesTheAssumedRole() {
        Credentials issued = WORLD.withToken(WORLD.token()).credentials();

        GetCallerIdentityResponse caller = whoAmI(session(issued));

        assertThat(caller.arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/Batch-Upload/batch");
        assertThat(caller.account()).isEqualTo("123456789012");
        assertThat(caller.userId()).matches("AROA[0-9A-F]{17}:batch");
    }

    @Test
    void getCallerIdentity_byARegisteredKey_namesItsUser() {
        assertThat(whoAmI(KEY).arn()).isEqualTo("arn:aws:iam::123456789012:user/" + KEY.accessKeyId());
    }

    @Test
    void secret_wrong_doesNotMatch() {
        Credentials issued = WORLD.assumeRole(_ -> {}).credentials();

        refused(
                () -> whoAmI(AwsSessionCredentials.create(issued.accessKeyId(), "wrong", issued.sessionToken())),
                403,
                "SignatureDoesNotMatch");
        refused(() -> whoAmI(AwsBasicCredentials.create(KEY.accessKeyId(), "wrong")), 403, "SignatureDoesNotMatch");
    }

    @Test
    void sessionToken_missingOrWrongOrUncalledFor_isAnInvalidClient() {
        Credentials issued = WORLD.assumeRole(_ -> {}).credentials();

        refused(
                () -> whoAmI(AwsBasicCredentials.create(issued.accessKeyId(), issued.secretAccessKey())),
                403,
                "InvalidClientTokenId");
        refused(
                () -> whoAmI(AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), "other")),
                403,
                "InvalidClientTokenId");
        refused(
                () -> whoAmI(AwsSessionCredentials.create(KEY.accessKeyId(), KEY.secretAccessKey(), "token")),
                403,
                "InvalidClientTokenId");
    }

    @Test
    void key_unknownOrRevoked_isAnInvalidClient() {
        refused(() -> whoAmI(AwsBasicCredentials.create("AKIANOBODY", "secret")), 403, "InvalidClientTokenId");
        WORLD.sts().revoke(KEY.accessKeyId());
        refused(() -> whoAmI(KEY), 403, "InvalidClientTokenId");
    }

    @ParameterizedTest
    @CsvSource({"3599, true", "3600, false", "3601, false"})
    void session_atItsExpiration_hasExpired(int age, boolean alive) {
        AwsCredentials session = session(WORLD.assumeRole(_ -> {}).credentials());
        WORLD.clock().advance(Duration.ofSeconds(age));

        if (alive) {
            assertThat(whoAmI(session).account()).isEqualTo("123456789012");
        } else {
            refused(() -> whoAmI(session), 403, "ExpiredToken");
        }
    }

    @Test
    void signature_overAnotherBody_doesNotMatch() throws Exception {
        SdkHttpRequest signed = sign(SdkHttpMethod.POST, "/", BODY, "sts", Instant.now());

        assertThat(send(signed, BODY).statusCode()).isEqualTo(200);
        assertThat(send(signed, BODY + "&x=y").body()).contains("SignatureDoesNotMatch");
    }

    @Test
    void signature_overAQuery_isVerifiedInCanonicalForm() throws Exception {
        String path = "/?Version=2011-06-15&z=a%20b*~&Action=GetCallerIdentity";
        SdkHttpRequest signed = sign(SdkHttpMethod.GET, path, "", "sts", Instant.now());

        assertThat(send(signed, URI.create(WORLD.simulator().url() + path), "").body())
                .contains("<GetCallerIdentityResult>");
    }

    @Test
    void signature_forAnotherService_doesNotMatch() throws Exception {
        assertThat(send(sign(SdkHttpMethod.POST, "/", BODY, "s3", Instant.now()), BODY)
                        .body())
                .contains("SignatureDoesNotMatch")
                .contains("correct service");
    }

    @ParameterizedTest
    @CsvSource({"899, true", "900, true", "901, false", "-900, true", "-901, false"})
    void signature_ofAnotherTime_isGoodForFifteenMinutes(int age, boolean good) throws Exception {
        Instant now = Instant.parse("2026-11-24T12:30:00Z");
        try (Simulator simulator = new Simulator(0, new TestClock(), InstantSource.fixed(now))) {
            simulator.sts().accessKey(KEY.accessKeyId(), KEY.secretAccessKey());

            SdkHttpRequest signed = sign(simulator.url(), SdkHttpMethod.POST, "/", BODY, "sts", now.minusSeconds(age));

            assertThat(send(signed, BODY).statusCode()).isEqualTo(good ? 200 : 403);
        }
    }

    @Test
    void authorization_missingOrMalformed_saysWhich() throws Exception {
        assertThat(Wire.post(WORLD.simulator().url(), BODY).body()).contains("MissingAuthenticationToken");
        assertThat(Wire.send(HttpRequest.newBuilder(URI.create(WORLD.simulator().url()))
                                .header("Authorization", "Bearer token")
                                .POST(BodyPublishers.ofString(BODY)))
                        .body())
                .contains("IncompleteSignature");
    }

    @Test
    void signature_withoutTheHost_isRefused() throws Exception {
        assertThat(sendSigned("20261124", "x-amz-date")).contains("'Host' must be");
    }

    @Test
    void signature_ofAnotherDayThanItsScope_isRefused() throws Exception {
        assertThat(sendSigned("20200101", "host;x-amz-date")).contains("Date in Credential scope");
    }

    private static String sendSigned(String date, String signedHeaders) throws Exception {
        return Wire.send(HttpRequest.newBuilder(URI.create(WORLD.simulator().url()))
                        .header("X-Amz-Date", "20261124T120000Z")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=%s/%s/eu-west-1/sts/aws4_request, SignedHeaders=%s, Signature=%s"
                                        .formatted(KEY.accessKeyId(), date, signedHeaders, "0".repeat(64)))
                        .POST(BodyPublishers.ofString(BODY)))
                .body();
    }

    private static GetCallerIdentityResponse whoAmI(AwsCredentials credentials) {
        try (StsClient client = WORLD.client(credentials)) {
            return client.getCallerIdentity();
        }
    }

    private static AwsCredentials session(Credentials issued) {
        return AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
    }

    private static SdkHttpRequest sign(SdkHttpMethod method, String path, String body, String service, Instant at) {
        return sign(WORLD.simulator().url(), method, path, body, service, at);
    }

    private static SdkHttpRequest sign(
            String url, SdkHttpMethod method, String path, String body, String service, Instant at) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .uri(URI.create(url + path))
                .method(method)
                .build();
        return AwsV4HttpSigner.create()
                .sign(r -> r.identity(KEY)
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
                .request();
    }

    private static HttpResponse<String> send(SdkHttpRequest signed, String body) throws Exception {
        return send(signed, signed.getUri(), body);
    }

    /** @param uri as the signature means it, but perhaps written in another way */
    private static HttpResponse<String> send(SdkHttpRequest signed, URI uri, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(signed.method().name(), BodyPublishers.ofString(body));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return Wire.send(request);
    }
}
