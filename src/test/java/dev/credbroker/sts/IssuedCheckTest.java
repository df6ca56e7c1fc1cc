package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionSpec;
import dev.credbroker.simulator.TestClock;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;

class IssuedCheckTest {

    private static final SessionSpec ASKED = Plans.assumeRole()
            .role("arn:aws:iam::123456789012:role/people/Deployer")
            .spec();
    private static final String ASSUMED = "arn:aws:sts::123456789012:assumed-role/Deployer/alice";
    private static final Instant END = TestClock.START.plusSeconds(3600);

    private final IssuedCheck check = new IssuedCheck(new TestClock());

    @Test
    void check_theRoleThatWasAsked_whosePathIsDropped_isTaken() {
        SessionCredentials taken = check.check(credentials().build(), user(ASSUMED), ASKED);

        assertThat(taken.accessKeyId()).isEqualTo("ASIATEST");
        assertThat(taken.account()).isEqualTo("123456789012");
        assertThat(taken.expiration()).isEqualTo(END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:sts::123456789012:assumed-role/Administrator/alice",
                "arn:aws:sts::999999999999:assumed-role/Deployer/alice",
                "arn:aws-cn:sts::123456789012:assumed-role/Deployer/alice",
                "arn:aws:sts::123456789012:assumed-role/deployer/alice",
                "arn:aws:sts::123456789012:assumed-role/people/Deployer/alice",
                "arn:aws:sts::123456789012:assumed-role/Deployer/bob",
                "arn:aws:sts::123456789012:assumed-role/Deployer/Alice",
                "arn:aws:sts::123456789012:assumed-role/Deployer/alice2",
                "arn:aws:sts::123456789012:assumed-role/Deployer",
                "arn:aws:sts::123456789012:assumed-role/Deployer/",
                "arn:aws:sts::123456789012:federated-user/Deployer/alice",
                "arn:aws:iam::123456789012:role/Deployer",
                "Deployer",
                ""
            })
    void check_anotherPrincipal_isWrong(String assumed) {
        refuses(credentials().build(), user(assumed));
    }

    /** Of an assertion whose {@code RoleSessionName} is none: then it is for STS to say. */
    @Test
    void check_whereNoSessionNameIsKnown_takesAnyOfTheRole() {
        SessionSpec nameless = Plans.saml().role(ASKED.role().toString()).spec();

        assertThat(check.check(credentials().build(), user(ASSUMED), nameless).accessKeyId())
                .isEqualTo("ASIATEST");
    }

    static Stream<Credentials> incomplete() {
        return Stream.of(
                credentials().accessKeyId(null).build(),
                credentials().accessKeyId(" ").build(),
                credentials().secretAccessKey(null).build(),
                credentials().secretAccessKey("").build(),
                credentials().sessionToken(null).build(),
                credentials().sessionToken("").build(),
                credentials().expiration(null).build());
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void check_credentialsThatLackAPart_areWrong(Credentials incomplete) {
        refuses(incomplete, user(ASSUMED));
    }

    @Test
    void check_withoutCredentials_isWrong() {
        refuses(null, user(ASSUMED));
    }

    @Test
    void check_withoutAUser_isWrong() {
        refuses(credentials().build(), null);
        refuses(credentials().build(), AssumedRoleUser.builder().build());
    }

    @Test
    void check_credentialsThatEndNow_areWrong() {
        refuses(credentials().expiration(TestClock.START).build(), user(ASSUMED));
    }

    @Test
    void check_credentialsThatEndWithinThisSecond_areWrong() {
        refuses(credentials().expiration(TestClock.START.plusMillis(999)).build(), user(ASSUMED));
    }

    @Test
    void check_credentialsThatEndInASecond_areTaken() {
        Instant end = TestClock.START.plusSeconds(1);

        assertThat(check.check(credentials().expiration(end).build(), user(ASSUMED), ASKED)
                        .expiration())
                .isEqualTo(end);
    }

    @Test
    void check_anExpirationWithAFraction_isToldInWholeSecondsAndNotLater() {
        SessionCredentials taken =
                check.check(credentials().expiration(END.plusMillis(900)).build(), user(ASSUMED), ASKED);

        assertThat(taken.expiration()).isEqualTo(END);
    }

    private void refuses(@Nullable Credentials credentials, @Nullable AssumedRoleUser user) {
        assertThatThrownBy(() -> check.check(credentials, user, ASKED)).hasMessage("wrong-answer");
    }

    private static Credentials.Builder credentials() {
        return Credentials.builder()
                .accessKeyId("ASIATEST")
                .secretAccessKey("secret")
                .sessionToken("token")
                .expiration(END);
    }

    private static AssumedRoleUser user(String arn) {
        return AssumedRoleUser.builder().arn(arn).build();
    }
}
