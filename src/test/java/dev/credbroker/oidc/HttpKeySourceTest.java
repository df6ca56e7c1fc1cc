package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.credbroker.configuration.WebAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpKeySourceTest {

    /** So that a busy machine does not fail the tests; nobody waits it out. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofMillis(150);

    private final TestIdentityProvider provider = new TestIdentityProvider(TestKey.RSA);
    private final CountDownLatch over = new CountDownLatch(1);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        over.countDown();
        provider.close();
    }

    // ---- discovery

    @Test
    void fetch_byDiscovery_readsTheKeys() throws Exception {
        assertThat(discovered().byId()).containsOnlyKeys("rsa-1");
    }

    @Test
    void fetch_addressConfigured_asksNoDiscovery() throws Exception {
        assertThat(direct().byId()).containsOnlyKeys("rsa-1");
        assertThat(provider.requests(TestIdentityProvider.DISCOVERY)).isZero();
    }

    @Test
    void fetch_issuerEndsInASlash_asksWithoutIt() throws Exception {
        String issuer = provider.issuer() + "/";
        provider.answer(
                TestIdentityProvider.DISCOVERY, Map.of("issuer", issuer, "jwks_uri", provider.issuer() + "/keys"));

        assertThat(fetch(Discovery.of(issuer, Set.of())).byId()).isNotEmpty();
    }

    @Test
    void fetch_documentOfAnotherIssuer_isRefused() {
        for (Object other : List.of(provider.issuer() + "/", "https://evil.example", "", 1)) {
            provider.answer(
                    TestIdentityProvider.DISCOVERY, Map.of("issuer", other, "jwks_uri", provider.issuer() + "/keys"));
            assertFails(KeysFailure.DISCOVERY);
        }
        provider.answer(TestIdentityProvider.DISCOVERY, Map.of("jwks_uri", provider.issuer() + "/keys"));
        assertFails(KeysFailure.DISCOVERY);
        provider.on(TestIdentityProvider.DISCOVERY, exchange -> TestIdentityProvider.send(exchange, 200, "<html>"));
        assertFails(KeysFailure.DISCOVERY);
        assertThat(provider.requests("/keys")).isZero();
    }

    @Test
    void fetch_keysOnAnotherHost_isRefusedUnlessAllowed() throws Exception {
        String elsewhere = provider.issuer().replace("127.0.0.1", "LOCALHOST") + "/keys";
        provider.answer(TestIdentityProvider.DISCOVERY, Map.of("issuer", provider.issuer(), "jwks_uri", elsewhere));

        assertFails(KeysFailure.KEYS_ADDRESS);
        assertThat(provider.requests("/keys")).isZero();
        assertThat(fetch(Discovery.of(provider.issuer(), Set.of("localhost"))).byId())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/keys",
                "http://192.0.2.1/keys",
                "http://127.0.0.1.evil.example/keys",
                "http://user@127.0.0.1/keys",
                "https://127.0.0.1@evil.example/keys",
                "file:///etc/passwd",
                "ftp://127.0.0.1/keys",
                "jar:http://127.0.0.1!/x",
                "https:keys",
                "http://127.0.0.1/keys#x",
                "http://127.0.0.1:x/keys"
            })
    void fetch_addressThatIsNone_isRefused(String address) {
        provider.answer(TestIdentityProvider.DISCOVERY, Map.of("issuer", provider.issuer(), "jwks_uri", address));

        assertFails(KeysFailure.KEYS_ADDRESS);
    }

    // ---- answers

    @Test
    void fetch_redirect_isNotFollowed() {
        provider.on("/keys", exchange -> {
            exchange.getResponseHeaders().add("Location", provider.issuer() + "/moved");
            TestIdentityProvider.send(exchange, 302, "");
        });

        assertFails(KeysFailure.STATUS);
        assertThat(provider.requests("/moved")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 301, 307, 401, 404, 429, 500, 503})
    void fetch_otherStatus_isAFailure(int status) {
        provider.on("/keys", exchange -> TestIdentityProvider.send(exchange, status, "{\"keys\":[]}"));

        assertFails(KeysFailure.STATUS);
    }

    @Test
    void fetch_noKeySet_isAFailure() {
        provider.on("/keys", exchange -> TestIdentityProvider.send(exchange, 200, "<html>"));

        assertFails(KeysFailure.NOT_A_KEY_SET);
    }

    @Test
    void fetch_bodyAroundTheLimit_isTooLargeFromOneMore() throws Exception {
        provider.on("/keys", exchange -> TestIdentityProvider.send(exchange, 200, keySetOf(262_143)));
        assertThat(discovered().byId()).isNotEmpty();
        provider.on("/keys", exchange -> TestIdentityProvider.send(exchange, 200, keySetOf(262_144)));
        assertThat(discovered().byId()).isNotEmpty();
        provider.on("/keys", exchange -> TestIdentityProvider.send(exchange, 200, keySetOf(262_145)));
        assertFails(KeysFailure.TOO_LARGE);
    }

    private static String keySetOf(int bytes) {
        String keys = TestToken.json(TestIdentityProvider.keySet(List.of(TestKey.RSA.jwk())));
        return keys + " ".repeat(bytes - keys.length());
    }

    @Test
    void fetch_bodyWithoutEnd_isTooLargeWithoutReadingAll() {
        provider.on("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[8192]);
                }
            }
        });

        assertFails(KeysFailure.TOO_LARGE);
    }

    @Test
    void fetch_answerThatNeverBegins_timesOut() {
        provider.on("/keys", _ -> waitForTheEnd());

        assertFails(SHORT, KeysFailure.TIMEOUT);
    }

    @Test
    void fetch_bodyThatNeverEnds_timesOut() {
        provider.on("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            waitForTheEnd();
        });

        assertFails(SHORT, KeysFailure.TIMEOUT);
    }

    /** It accepts the connection and says nothing, so that the client gives up on TLS long before the whole time. */
    @Test
    void fetch_connectionThatNeverComesAbout_timesOut() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpGet http = new HttpGet(Optional.empty(), Optional.empty(), Duration.ofMillis(600))) {
            WebAddress address = WebAddress.parse("https://127.0.0.1:" + mute.getLocalPort() + "/keys");

            assertFails(source(http, KeysLocation.at(address)), KeysFailure.TIMEOUT);
        }
    }

    @Test
    void fetch_interrupted_failsAndStaysInterrupted() {
        provider.on("/keys", _ -> waitForTheEnd());
        Thread.currentThread().interrupt();

        assertFails(KeysFailure.TIMEOUT);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void close_source_fetchesNoMore() throws Exception {
        try (HttpGet http = new HttpGet(Optional.empty(), Optional.empty(), LONG)) {
            HttpKeySource source = source(http, discovery());
            assertThat(source.fetch().byId()).isNotEmpty();

            source.close();

            assertFails(source, KeysFailure.UNREACHABLE);
        }
    }

    @Test
    void failures_areWrittenInKebabCase() {
        assertThat(Stream.of(KeysFailure.values()).map(KeysFailure::toString))
                .containsExactly(
                        "unreachable",
                        "timeout",
                        "status",
                        "too-large",
                        "token-file",
                        "discovery",
                        "keys-address",
                        "not-a-key-set",
                        "no-usable-key",
                        "internal");
    }

    @Test
    void fetch_connectionCut_isUnreachable() {
        provider.on("/keys", HttpKeySourceTest::cut);

        assertFails(KeysFailure.UNREACHABLE);
    }

    private static void cut(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        throw new IOException("cut");
    }

    @Test
    void fetch_nobodyThere_isUnreachable() {
        provider.close();

        assertFails(KeysFailure.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=300|PT5M",
                "public, MAX-AGE=60, must-revalidate|PT1M",
                "max-age=0|PT0S",
                "max-age=\"10\"|PT10S",
                "s-maxage=10|",
                "x-max-age=10|",
                "max-age=-1|",
                "no-store|",
                "max-age=99999999999999999999|PT277777H46M39S"
            })
    void fetch_cacheControl_isRead(String header, Duration freshFor) throws Exception {
        String keys = TestToken.json(TestIdentityProvider.keySet(List.of(TestKey.RSA.jwk())));
        provider.on("/keys", exchange -> {
            exchange.getResponseHeaders().add("Cache-Control", header);
            TestIdentityProvider.send(exchange, 200, keys);
        });

        assertThat(discovered().freshFor()).isEqualTo(Optional.ofNullable(freshFor));
    }

    // ---- bearer token

    @Test
    void fetch_tokenFile_isReadAnewAndSent() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        AtomicReference<String> sent = new AtomicReference<>("");
        String keys = TestToken.json(TestIdentityProvider.keySet(List.of(TestKey.RSA.jwk())));
        provider.on("/keys", exchange -> {
            sent.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            TestIdentityProvider.send(exchange, 200, keys);
        });

        try (HttpGet http = new HttpGet(Optional.empty(), Optional.of(file), LONG)) {
            HttpKeySource source = source(http, discovery());
            source.fetch();
            assertThat(sent).hasValue("Bearer first");
            Files.writeString(file, "second");
            source.fetch();
            assertThat(sent).hasValue("Bearer second");
            Files.delete(file);
            assertThatExceptionOfType(KeysFetchException.class)
                    .isThrownBy(source::fetch)
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(KeysFailure.TOKEN_FILE));
        }
    }

    @Test
    void fetch_tokenThatIsNoHeader_isAFailureOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "two\nlines");

        try (HttpGet http = new HttpGet(Optional.empty(), Optional.of(file), LONG)) {
            assertThatExceptionOfType(KeysFetchException.class)
                    .isThrownBy(source(http, discovery())::fetch)
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(KeysFailure.TOKEN_FILE))
                    .withMessageNotContaining("two");
        }
    }

    private KeySource.FetchedKeys discovered() throws KeysFetchException {
        return fetch(discovery());
    }

    private KeySource.FetchedKeys direct() throws KeysFetchException {
        return fetch(KeysLocation.at(WebAddress.parse(provider.issuer() + "/keys")));
    }

    private Discovery discovery() {
        return Discovery.of(provider.issuer(), Set.of());
    }

    private static KeySource.FetchedKeys fetch(KeysLocation location) throws KeysFetchException {
        try (HttpGet http = new HttpGet(Optional.empty(), Optional.empty(), LONG)) {
            return source(http, location).fetch();
        }
    }

    private static HttpKeySource source(HttpGet http, KeysLocation location) {
        return new HttpKeySource(http, location, new KeySetReader(List.of(JwsAlgorithm.values())));
    }

    private void assertFails(KeysFailure failure) {
        assertFails(LONG, failure);
    }

    private void assertFails(Duration total, KeysFailure failure) {
        try (HttpGet http = new HttpGet(Optional.empty(), Optional.empty(), total)) {
            assertFails(source(http, discovery()), failure);
        }
    }

    private static void assertFails(HttpKeySource source, KeysFailure failure) {
        assertThatExceptionOfType(KeysFetchException.class)
                .isThrownBy(source::fetch)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private void waitForTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
