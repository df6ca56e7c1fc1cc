package dev.credbroker.broker;

import static dev.credbroker.broker.BrokerWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Outcome;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.sts.Trust;
import dev.credbroker.sts.SdkOwnCredentials;
import dev.credbroker.sts.StsClients;
import dev.credbroker.sts.StsExchanges;
import dev.credbroker.sts.StsRegions;
import dev.credbroker.sts.StsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Whatever somebody is called, it grants nothing: read from the wire, as STS receives it. */
@Timeout(60)
class HostileValuesTest {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String POLICY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject",\
            "Resource":["arn:aws:s3:::home/{subject}/*","arn:aws:s3:::team/{team}/${aws:userid}"],\
            "Condition":{"StringEquals":{"aws:PrincipalTag/who":"{subject}"}}}]}""";

    private static final List<String> HARMLESS =
            List.of("alice", "a", "..", "A.b_c@d=e,f+g-9", "alice@example.com", "-", "Allow");

    private static final List<String> HOSTILE = List.of(
            "*",
            "?",
            "al*ce",
            "${aws:username}",
            "${aws:PrincipalTag/x}",
            "${*}",
            "$",
            "{subject}",
            "{team}",
            "\",\"Effect\":\"Allow",
            "\"}],\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}],\"x\":[{\"y\":\"",
            "\\",
            "\\u002a",
            "\\\"",
            "a/*",
            "../*",
            "a/b",
            "arn:aws:s3:::*",
            "a b",
            "a&Policy=",
            "a%22",
            "a'b",
            "\uFF0A",
            "\u2217",
            "a,\u00E9");

    @RegisterExtension
    private static final World WORLD = new World();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AwsCredentialsProvider own = StaticCredentialsProvider.create(World.KEY);
    private final StsClients clients = new StsClients(
            Optional.of(URI.create(WORLD.simulator().url())), Duration.ofSeconds(5), Duration.ofSeconds(20), own);

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private BrokerWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.json"), POLICY);
        BrokerWorld.Draft draft = BrokerWorld.of(WORLD)
                .exchange(StsExchanges.through(
                        clients,
                        new SdkOwnCredentials(own, threads, Duration.ofSeconds(20)),
                        new StsSettings(
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(20),
                                4,
                                10_000,
                                List.of()),
                        new StsRegions(WORLD.clock(), registry),
                        registry,
                        WORLD.clock(),
                        System::nanoTime,
                        (_, turn) -> turn.run(),
                        _ -> {}));
        role(draft, "policy", policy.toString());
        role(draft, "tags.who", "{subject}");
        role(draft, "source-identity", "{subject}");
        role(draft, "session-name", "{subject}");
        world = draft.warm();
        WORLD.sts().forgetCalls();
    }

    /** Called after the one setting that it has. */
    private static void role(BrokerWorld.Draft draft, String setting, String template) {
        String name = "with-" + setting.replace(".who", "");
        String arn = "arn:aws:iam::123456789012:role/" + name;
        WORLD.sts().role(arn, Duration.ofHours(1), Trust.caller(World.KEY.accessKeyId()));
        draft.role(name, arn, "assume-role")
                .with(name, "admit[0].everyone", "true")
                .with(name, setting, template);
    }

    @AfterEach
    void close() {
        world.close();
        clients.close();
        threads.close();
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void policy_ofAHostileValue_isNeverSent(String value) {
        refused(value, "usual", "with-policy", "unfit-policy");
        refused("alice", value, "with-policy", "unfit-policy");
    }

    @ParameterizedTest
    @FieldSource("HARMLESS")
    void policy_ofAHarmlessValue_isTheAuthorsWithItsPlacesFilled(String value) throws JsonProcessingException {
        issued(value, "usual", "with-policy");

        JsonNode sent = STRICT.readTree(sent("Policy").orElseThrow());
        assertThat(sent)
                .isEqualTo(STRICT.readTree(POLICY.replace("{subject}", value).replace("{team}", "usual")));
        assertThat(sent.at("/Statement/0/Resource/0").textValue()).isEqualTo("arn:aws:s3:::home/" + value + "/*");
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void sourceIdentity_ofAHostileValue_isNeverSent(String value) {
        refused(value, "usual", "with-source-identity", "unfit-source-identity");
    }

    /** AWS takes more in a tag than elsewhere, and some of it does no harm there: it arrives as it is, and alone. */
    @ParameterizedTest
    @FieldSource("HOSTILE")
    void tag_ofAHostileValue_isNeverSentOrNeverMoreThanAValue(String value) {
        if (value.matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*")) {
            issued(value, "usual", "with-tags");

            assertThat(sent("Tags.member.1.Key")).contains("who");
            assertThat(sent("Tags.member.1.Value")).contains(value);
            assertThat(sent("Tags.member.2.Key")).isEmpty();
            assertThat(value).isIn("a/b", "a b");
        } else {
            refused(value, "usual", "with-tags", "unfit-tags");
        }
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void sessionName_ofAHostileValue_isRewrittenAndNothingBesideItIsSent(String value) {
        issued(value, "usual", "with-session-name");

        assertThat(sent("RoleSessionName").orElseThrow()).matches("[A-Za-z0-9_+=,.@-]{1,53}=[A-Za-z0-9_-]{10}");
        assertThat(parameters().keySet())
                .containsExactlyInAnyOrder("Action", "Version", "RoleArn", "RoleSessionName", "DurationSeconds");
    }

    private void issued(String subject, String team, String role) {
        assertThat(obtain(subject, team, role)).isInstanceOf(Issued.class);
        assertThat(WORLD.sts().calls()).hasSize(1);
    }

    private void refused(String subject, String team, String role, String reason) {
        assertThat(obtain(subject, team, role)).isEqualTo(new Refusal.RoleNotPermitted(reason));
        assertThat(WORLD.sts().calls()).isEmpty();
    }

    private Outcome obtain(String subject, String team, String role) {
        return world.broker.obtain(
                request(WORLD.token().subject(subject).claim("team", team).sign(), role));
    }

    private static Optional<String> sent(String parameter) {
        return Optional.ofNullable(parameters().get(parameter));
    }

    private static Map<String, String> parameters() {
        return WORLD.sts().calls().getLast().parameters();
    }
}
