package dev.credbroker.packaged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credbroker.api.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever strangers write, and wherever they write it: the audit log has one line for each decision, and the program's
 * log, at its most verbose, nothing of theirs.
 */
class LogInjectionIT {

    /** Stands behind each hostile text. */
    private static final String MARK = "mark4711";

    /** Breaks lines, ends JSON, colours terminals, hides text, turns its direction, or is just long. */
    private static final List<String> HOSTILE = List.of(
            "\r\n{\"event\":\"session-given\",\"subject\":\"",
            "\n",
            "\r",
            "\u001b[31m\u001b]0;",
            "\u0000",
            "\b",
            "\u007f",
            "\u0085",
            "\u009b2J",
            "\u2028",
            "\u2029",
            "\u202e",
            "\u2066",
            "\ufeff",
            "\"}\n{\"",
            "\",\"subject\":\"root",
            "\\",
            "\\u000a",
            "%0d%0a",
            "%s%n%x{1}${jndi:ldap://127.0.0.1/}",
            "x".repeat(6000));

    private static final Pattern STATUS_AND_ID = Pattern.compile(
            "HTTP/1.1 (\\d{3}) .*?\r\n(?:.*\r\n)*?X-Request-Id: ([^\r]*)\r\n", Pattern.CASE_INSENSITIVE);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The status of each answer that the broker itself gave, by the request's id. */
    private static final Map<String, Integer> answers = new HashMap<>();

    private static final List<String> channels = new ArrayList<>();
    private static SimulatedWorld world;

    @BeforeAll
    static void drive() throws IOException {
        world = new SimulatedWorld("-Dquarkus.log.level=ALL", "-Dquarkus.log.console.level=ALL").awaitReady();
        for (String hostile : HOSTILE) {
            sendAsItIs(hostile + MARK);
            sendEncoded(URLEncoder.encode(hostile + MARK, UTF_8).replace("+", "%20"));
            sendSigned(hostile + MARK);
        }
    }

    @AfterAll
    static void end() {
        world.close();
    }

    /** Into every part of a head, byte by byte, whether or not HTTP allows it. */
    private static void sendAsItIs(String text) throws IOException {
        String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
        get("/" + bytes, "");
        get("/v1/credentials/" + bytes, "");
        get("/v1/credentials?role=" + bytes, "");
        get("/v1/roles?" + bytes + "=1", "");
        for (String field : List.of(
                "X-Request-Id",
                "User-Agent",
                "Authorization",
                "Accept",
                "Cookie",
                "Origin",
                "Referer",
                "Content-Type")) {
            get("/v1/roles", field + ": " + bytes + "\r\n");
        }
        get("/v1/roles", bytes + ": x\r\n");
        send("X" + bytes + " /v1/roles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        send("GET /v1/roles?x=" + MARK + " HTTP/1.1\r\nHost: " + bytes + "\r\nConnection: close\r\n\r\n");
    }

    private static void sendEncoded(String text) throws IOException {
        get("/" + text, "");
        get("/v1/credentials/" + text, "");
        get("/v1/credentials?role=" + text, "");
        get("/v1/credentials/deployer?durationSeconds=" + text, "");
        get("/v1/credentials/deployer?" + text + "=1", "");
        post("/v1/credentials", "application/x-www-form-urlencoded", "role=" + text);
        post("/v1/credentials", "application/x-www-form-urlencoded", "role=deployer&token=" + text);
        post("/v1/credentials", "application/x-www-form-urlencoded", "role=deployer&SAMLResponse=" + text);
    }

    /** Into what an identity provider itself says. */
    private static void sendSigned(String text) throws IOException {
        String role = JSON.writeValueAsString(text);
        post("/v1/credentials", "application/json", "{\"role\":" + role + "}");
        post("/v1/credentials", "application/json", "{" + role + ":1}");
        with(world.token(text).sign());
        with(world.token("alice").claim("groups", List.of(text)).sign());
        with(world.token("alice").claim("jti", text).claim(text, text).sign());
        with(world.token("alice").claim("iss", text).sign());
        with(world.token("alice").claim("aud", text).sign());
        with(world.token("alice").header("kid", text).sign());
        with(world.token("alice").header("typ", text).sign());
        if (text.codePoints().allMatch(LogInjectionIT::isXml)) {
            saml(world.response(text).encode());
            saml(world.response("alice").attribute("team", text).encode());
            saml(world.response("alice").attribute(text, "x").encode());
            saml(world.response("alice").roleText(text).encode());
            saml(world.response("alice").issuer(text).encode());
            saml(world.response("alice").audience(text).encode());
        }
    }

    /** XML has no other characters, not even escaped (XML 1.0, section 2.2). */
    private static boolean isXml(int character) {
        return character >= ' ' || character == '\t' || character == '\n' || character == '\r';
    }

    private static void with(String token) throws IOException {
        get("/v1/credentials/deployer", "Authorization: " + token + "\r\n");
    }

    private static void saml(String response) throws IOException {
        post(
                "/v1/credentials",
                "application/x-www-form-urlencoded",
                "role=adfs-production&SAMLResponse=" + URLEncoder.encode(response, UTF_8));
    }

    private static void get(String target, String fields) throws IOException {
        send("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n");
    }

    private static void post(String target, String type, String body) throws IOException {
        String bytes = new String(body.getBytes(UTF_8), ISO_8859_1);
        send("POST " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nContent-Length: " + bytes.length() + "\r\n\r\n" + bytes);
    }

    /** Keeps what the broker answered; what the server below it refuses has no id, and is nobody's decision. */
    private static void send(String request) throws IOException {
        String answer = new RawHttp(URI.create(world.broker().url()).getPort()).exchange(request);
        channels.add(request);
        assertThat(answer.contains(MARK)).as(request).isFalse();
        Matcher head = STATUS_AND_ID.matcher(answer);
        if (head.lookingAt()) {
            answers.put(head.group(2), Integer.valueOf(head.group(1)));
        }
    }

    private static List<String> lines() {
        return world.broker().audit().lines().toList();
    }

    @Test
    void audit_ofWhateverWasSent_hasOneLineForEachDecision() throws JsonProcessingException {
        long verdicts = answers.values().stream()
                .filter(status -> status == 200 || status == 401 || status == 403)
                .count();
        assertThat(verdicts).isGreaterThan(HOSTILE.size() * 5L);
        Polling.until(() -> lines().size() >= verdicts, Duration.ofSeconds(30));

        Map<String, Integer> seen = new HashMap<>();
        for (String line : lines()) {
            assertThat(line).matches("[ -~]+");
            JsonNode event = JSON.readTree(line);
            assertThat(event.path("event").textValue()).isIn("session-given", "session-refused");
            seen.merge(event.path("request").textValue(), 1, Integer::sum);
        }
        assertThat(seen.values()).containsOnly(1);
        assertThat(answers.keySet()).containsAll(seen.keySet());
        answers.forEach((id, status) -> {
            if (status == 200 || status == 401 || status == 403) {
                assertThat(seen).as("the line of a " + status).containsKey(id);
            }
        });
    }

    /** What can be a subject is told exactly; what cannot is not told at all. */
    @Test
    void subject_thatEndsJson_isToldAsItIs() throws JsonProcessingException {
        String subject = "\",\"subject\":\"root" + MARK;

        List<String> subjects = new ArrayList<>();
        for (String line : lines()) {
            subjects.add(JSON.readTree(line).path("subject").asText());
        }
        assertThat(subjects).contains(subject).doesNotContain("root", "root" + MARK);
    }

    @Test
    void log_atItsMostVerbose_holdsNothingThatWasSent() {
        String log = world.broker().log();

        assertThat(log).contains(" DEBUG ");
        assertThat(log.lines()
                        .filter(line -> line.contains(MARK))
                        .map(line -> line.substring(0, Math.min(200, line.length()))))
                .isEmpty();
        assertThat(log)
                .doesNotContainPattern(
                        "[\\p{Cntrl}&&[^\n\t]]|[\\x{80}-\\x{9f}\\x{2028}\\x{2029}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");
        assertThat(log.lines()).allMatch(line -> line.startsWith("20"));
    }
}
