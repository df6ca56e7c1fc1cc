package dev.credbroker.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real Keycloak with the realm {@code corp}: users alice (role {@code uploaders}) and bob, the client {@code uploader},
 * and AWS as a SAML client. Its data are in memory.
 */
final class Keycloak implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("keycloak.home", "target/keycloak"));
    private static final Path REALM = Path.of("src/test/resources/keycloak/realm.json");
    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration END = Duration.ofSeconds(20);

    private static final String CLIENT = "uploader";
    private static final String CLIENT_SECRET = "uploader-secret";

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern LOGIN_ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern SAML_RESPONSE =
            Pattern.compile("name=\"SAMLResponse\"\\s+value=\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    private final Process process;
    private final Path log;
    private final String realm;

    private Keycloak(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.realm = "http://127.0.0.1:" + port + "/realms/corp";
    }

    /** Starts it and does not wait for it. */
    static Keycloak start() {
        int port = FreePort.find();
        try {
            Path imports = Files.createDirectories(HOME.resolve("data/import"));
            Files.copy(REALM, imports.resolve("realm.json"), StandardCopyOption.REPLACE_EXISTING);
            Path log = HOME.toAbsolutePath().resolveSibling("keycloak.log");
            ProcessBuilder builder = new ProcessBuilder(
                            HOME.resolve("bin/kc.sh").toAbsolutePath().toString(),
                            "start-dev",
                            "--db=dev-mem",
                            "--http-host=127.0.0.1",
                            "--http-port=" + port,
                            "--import-realm")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.matches("(KC|QUARKUS)_.*|JAVA_OPTS.*"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
            builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
            return new Keycloak(builder.start(), log, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until the realm answers. */
    Keycloak awaitReady() {
        boolean reached = Polling.until(() -> !process.isAlive() || answers(), START);
        if (!reached || !process.isAlive()) {
            throw new AssertionError("Keycloak is not there; see " + log.getFileName());
        }
        return this;
    }

    private boolean answers() {
        return Http.tryGet(realm).filter(answer -> answer.statusCode() == 200).isPresent();
    }

    /** The {@code iss} of its tokens and the entity id of its SAML responses. */
    String issuer() {
        return realm;
    }

    String jwks() {
        return realm + "/protocol/openid-connect/certs";
    }

    String metadata() {
        return realm + "/protocol/saml/descriptor";
    }

    /** The client's own access token. */
    String tokenOfTheClient() {
        return token(Map.of("client_id", CLIENT, "client_secret", CLIENT_SECRET, "grant_type", "client_credentials"));
    }

    /** A user's access token; every user's password is the user's name. */
    String tokenOf(String user) {
        return token(Map.of(
                "client_id", CLIENT,
                "client_secret", CLIENT_SECRET,
                "grant_type", "password",
                "username", user,
                "password", user));
    }

    private String token(Map<String, String> grant) {
        return found(ACCESS_TOKEN, Http.postForm(realm + "/protocol/openid-connect/token", grant));
    }

    /** What the user's browser would post to AWS after signing in there, in base64. */
    String samlResponseOf(String user) {
        HttpResponse<String> login = Http.get(realm + "/protocol/saml/clients/amazon-aws");
        // The cookies are marked Secure, which no client would send over plain HTTP by itself.
        String cookies = login.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        HttpResponse<String> answer = Http.postForm(
                unescaped(found(LOGIN_ACTION, login)), Map.of("username", user, "password", user), "Cookie", cookies);
        return unescaped(found(SAML_RESPONSE, answer));
    }

    private static String found(Pattern pattern, HttpResponse<String> answer) {
        Matcher matcher = pattern.matcher(answer.body());
        if (!matcher.find()) {
            throw new AssertionError("%d without %s: %s".formatted(answer.statusCode(), pattern, answer.body()));
        }
        return matcher.group(1);
    }

    private static String unescaped(String html) {
        return html.replace("&#43;", "+")
                .replace("&#61;", "=")
                .replace("&#47;", "/")
                .replace("&amp;", "&");
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().collect(Collectors.toList());
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
