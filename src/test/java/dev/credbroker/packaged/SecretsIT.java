package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credbroker.simulator.idp.JwtAlgorithm;
import dev.credbroker.simulator.sts.StsFaults;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Everything that is secret goes through the program while it logs all that it can, and none of it, not even a piece,
 * comes out anywhere but in a 200.
 */
class SecretsIT {

    /** Long enough not to occur by chance. Whatever shows twice as much of a secret shows one of its pieces. */
    private static final int PIECE = 32;

    /** Temporary keys of the broker's own have a part more that is secret, and sent with every signed call. */
    private static final String OWN_SESSION_TOKEN = "own-session-token-of-the-broker-" + "0123456789abcdef".repeat(8);

    private static final Pattern SIGNATURE_VALUE = Pattern.compile("SignatureValue[^>]*>([^<]+)<");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> secrets =
            new ArrayList<>(List.of(SimulatedWorld.SECRET_ACCESS_KEY, OWN_SESSION_TOKEN));
    private static final Map<String, String> errors = new LinkedHashMap<>();
    private static final List<String> heads = new ArrayList<>();
    private static SimulatedWorld world;

    @BeforeAll
    static void drive() throws Exception {
        world = new SimulatedWorld(verbosely()).awaitReady();
        world.sts().accessKey(SimulatedWorld.ACCESS_KEY_ID, SimulatedWorld.SECRET_ACCESS_KEY, OWN_SESSION_TOKEN);
        succeed();
        failByTheProof();
        failByTheRequest();
        failBySts();
    }

    /** Everything at its most verbose, and by name, and by the name of a class, what is known to print secrets. */
    private static String[] verbosely() {
        Stream<String> categories = Stream.of(
                        "dev.credbroker",
                        "io.netty",
                        "io.quarkus.micrometer.runtime.binder",
                        "io.quarkus.micrometer.runtime.binder.vertx.VertxHttpServerMetrics",
                        "io.vertx",
                        "org.apache.hc.client5.http",
                        "org.apache.hc.client5.http.headers",
                        "org.apache.hc.client5.http.wire",
                        "software.amazon.awssdk",
                        "software.amazon.awssdk.http.auth",
                        "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner")
                .map("-Dquarkus.log.category.\"%s\".level=ALL"::formatted);
        return Stream.concat(
                        Stream.of(
                                "-Dquarkus.log.level=ALL",
                                "-Dquarkus.log.console.level=ALL",
                                "-Daws.sessionToken=" + OWN_SESSION_TOKEN),
                        categories)
                .toArray(String[]::new);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static void succeed() throws Exception {
        for (String role : List.of("batch-upload", "deployer")) {
            HttpResponse<String> answer = ask(token("alice"), role);
            keep(answer);
        }
        keep(askWithSaml(response("alice")));
    }

    private static void failByTheProof() {
        String expired = secret(
                world.token("bob").expires(Instant.now().minusSeconds(600)).sign());
        String forged = secret(world.token("bob")
                .signedWith(world.stranger().jwtKey(JwtAlgorithm.RS256))
                .sign());
        String ofAStranger = secret(world.stranger()
                .token()
                .subject("bob")
                .audience("credential-broker")
                .sign());
        fails(401, "expired token", ask(expired, "deployer"));
        fails(401, "forged token", ask(forged, "deployer"));
        fails(401, "stranger's token", ask(ofAStranger, "deployer"));
        fails(401, "malformed token", ask(token("bob").replace('.', '_'), "deployer"));
        fails(401, "cut token", ask(token("bob") + ".more", "deployer"));
        fails(401, "changed response", askWithSaml(changed(response("bob"))));
        fails(
                401,
                "expired response",
                askWithSaml(secretResponse(world.response("bob")
                        .issueInstant(Instant.now().minusSeconds(1200))
                        .notBefore(Instant.now().minusSeconds(1200))
                        .notOnOrAfter(Instant.now().minusSeconds(900))
                        .encode())));
        fails(400, "response that is no XML", askWithSaml(response("bob").substring(8)));
    }

    private static void failByTheRequest() {
        String token = token("carol");
        fails(415, "token in an uploaded file", Http.postFile(credentials(""), token));
        fails(403, "unknown role", ask(token, "no-such-role"));
        fails(400, "token in the query", ask(token, "deployer?token=" + token));
        fails(
                400,
                "two proofs",
                Http.postForm(
                        credentials(""),
                        Map.of("role", "deployer", "token", token),
                        "Authorization",
                        "Bearer " + token));
        fails(400, "unknown parameter", Http.postForm(credentials(""), Map.of("role", "deployer", token, token)));
        fails(404, "token in the path", Http.get(world.broker().url() + "/" + token));
        fails(405, "wrong method", Http.postForm(credentials("/deployer"), Map.of("token", token)));
    }

    private static void failBySts() {
        fails(403, "denied by STS", ask(token("dave"), "distrusting"));
        world.sts().faults().always(StsFaults.internalFailure());
        fails(503, "STS in trouble", ask(token("dave"), "batch-upload"));
        fails(503, "STS in trouble", askWithSaml(response("dave")));
        world.sts().faults().clear();
        world.sts().faults().always(StsFaults.throttling());
        fails(429, "throttled by STS", ask(token("erin"), "deployer"));
        world.sts().faults().clear();
    }

    private static void fails(int status, String story, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(story + ": " + answer.body()).isEqualTo(status);
        errors.put("the answer to: " + story, answer.headers().map() + answer.body());
    }

    private static HttpResponse<String> ask(String token, String roleAndQuery) {
        return Http.get(credentials("/" + roleAndQuery), "Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> askWithSaml(String response) {
        return Http.postForm(credentials(""), Map.of("SAMLResponse", response, "role", "adfs-production"));
    }

    private static String credentials(String rest) {
        return world.broker().url() + "/v1/credentials" + rest;
    }

    private static String token(String subject) {
        return secret(world.token(subject).sign());
    }

    private static String response(String subject) {
        return secretResponse(world.response(subject).encode());
    }

    private static String changed(String response) {
        String xml = new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
        byte[] changed = xml.replace(">bob<", ">eve<").getBytes(StandardCharsets.UTF_8);
        return secretResponse(Base64.getEncoder().encodeToString(changed));
    }

    /** Of a token the payload and the signature alone are secret: its header is the same in all. */
    private static String secret(String token) {
        String[] parts = token.split("\\.", -1);
        secrets.add(parts[1]);
        secrets.add(parts[2]);
        return token;
    }

    private static String secretResponse(String response) {
        secrets.add(response);
        Matcher signature =
                SIGNATURE_VALUE.matcher(new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8));
        assertThat(signature.find()).isTrue();
        secrets.add(signature.group(1).strip());
        return response;
    }

    private static void keep(HttpResponse<String> answer) throws JsonProcessingException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        heads.add(answer.headers().map().toString());
        JsonNode credentials = JSON.readTree(answer.body());
        secrets.add(credentials.get("SecretAccessKey").asText());
        secrets.add(credentials.get("SessionToken").asText());
    }

    /** The secrets as they are and as a form encodes them, each cut into pieces. */
    private static List<String> pieces() {
        return secrets.stream()
                .flatMap(secret -> Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                .flatMap(SecretsIT::pieces)
                .distinct()
                .toList();
    }

    private static Stream<String> pieces(String secret) {
        return secret.length() < 2 * PIECE
                ? Stream.of(secret)
                : IntStream.range(0, secret.length() / PIECE)
                        .mapToObj(i -> secret.substring(i * PIECE, (i + 1) * PIECE));
    }

    private static void keepsSecrets(String place, String text) {
        List<String> pieces = pieces();
        assertThat(text.lines()
                        .filter(line -> pieces.stream().anyMatch(line::contains))
                        .map(SecretsIT::beginning)
                        .distinct())
                .as("the beginnings of lines with secrets in " + place)
                .isEmpty();
    }

    /** Enough to find where it comes from, and not yet the secret. */
    private static String beginning(String line) {
        return line.substring(0, Math.min(line.length(), 100));
    }

    @Test
    void log_atItsMostVerbose_tellsNoSecret() {
        String log = world.broker().log();

        assertThat(log).contains(" DEBUG ");
        keepsSecrets("the log", log);
    }

    @Test
    void audit_ofAllThatHappened_tellsNoSecret() {
        String audit = world.broker().audit();

        assertThat(audit.lines()).hasSizeGreaterThanOrEqualTo(3 + 8 + 3);
        keepsSecrets("the audit log", audit);
    }

    @Test
    void errors_ofAllKinds_tellNoSecret() {
        assertThat(errors).isNotEmpty();
        errors.forEach(SecretsIT::keepsSecrets);
    }

    @Test
    void heads_ofAnswersWithCredentials_tellNoSecret() {
        assertThat(heads).hasSize(3).allSatisfy(head -> assertThat(head).containsIgnoringCase("Cache-Status"));
        heads.forEach(head -> keepsSecrets("the head of a 200", head));
    }

    /** No access log: whoever wants one has a proxy that masks what clients put into paths and header fields. */
    @Test
    void requests_asTheyWereSent_areWrittenDownNowhere() {
        assertThat(world.broker().log() + world.broker().audit())
                .doesNotContain("/v1/credentials", "/v1/roles", "Java-http-client");
    }

    @Test
    void threads_inADump_tellNoSecret() {
        String dump = world.broker().diagnosed("Thread.print", "-l", "-e");

        assertThat(dump).contains("audit-writer", "issuer-keys-timer", "vert.x-eventloop");
        keepsSecrets("the thread dump", dump);
    }

    /** Who reads the heap has all that is held: nothing of the program's own writes it down. */
    @Test
    void heap_ofAProgramOutOfMemory_isNotDumped() {
        assertThat(world.broker().diagnosed("VM.flags", "-all").lines())
                .filteredOn(line ->
                        line.matches(".*\\b(HeapDumpOnOutOfMemoryError|HeapDumpBeforeFullGC|FlightRecorder)\\b.*"))
                .isNotEmpty()
                .allMatch(line -> line.matches(".*=\\s*false\\s.*"));
    }

    /** Not in its directory, and not in that for temporary files, where servers keep what is uploaded. */
    @Test
    void files_ofTheProgramsOwn_areNone() {
        assertThat(world.broker().files()).isEmpty();
    }

    @Test
    void metricsAndHealth_tellNoSecret() {
        for (String page : List.of("/q/metrics", "/q/health", "/q/health/live", "/q/health/ready")) {
            HttpResponse<String> answer = Http.get(world.broker().managementUrl() + page);

            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            keepsSecrets(page, answer.body());
        }
    }

    @Test
    void pieces_ofWhatAClientGot_areFound() {
        String token = secrets.get(2);

        assertThat(pieces()).anyMatch(("Bearer x." + token.substring(0, 2 * PIECE))::contains);
    }
}
