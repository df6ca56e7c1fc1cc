package dev.credbroker.simulator.sts;

import static dev.credbroker.simulator.World.KEY;
import static dev.credbroker.simulator.World.KEY_ROLE;
import static dev.credbroker.simulator.sts.StsAssertions.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;

class AssumeRoleTest {

    private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";

    @RegisterExtension
    static final World WORLD = new World();

    @Test
    void assumeRole_withAll_isTheSessionThatWasAskedFor() {
        AssumeRoleResponse answer = WORLD.assumeRole(request -> request.durationSeconds(14_400)
                .sourceIdentity("alice")
                .tags(tag("team", "blue"))
                .transitiveTagKeys("team")
                .policy(POLICY)
                .policyArns(policy("arn:aws:iam::aws:policy/ReadOnlyAccess")));

        assertThat(answer.credentials().accessKeyId()).matches("ASIA[A-Z2-7]{16}");
        assertThat(answer.credentials().secretAccessKey()).hasSize(40);
        assertThat(answer.credentials().expiration()).isEqualTo(TestClock.START.plus(Duration.ofHours(4)));
        assertThat(answer.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/Deployer/deploy");
        assertThat(answer.assumedRoleUser().assumedRoleId()).matches("AROA[0-9A-F]{17}:deploy");
        assertThat(answer.sourceIdentity()).isEqualTo("alice");
    }

    @Test
    void assumeRole_withoutADuration_lastsAnHourInWholeSeconds() {
        WORLD.clock().turnTo(TestClock.START.plusMillis(700));

        assertThat(WORLD.assumeRole(_ -> {}).credentials().expiration()).isEqualTo(TestClock.START.plusSeconds(3600));
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws-us-gov:iam::210987654321:role/a/b/Deployer, arn:aws-us-gov:sts::210987654321:assumed-role/Deployer/deploy",
        "arn:aws-cn:iam::210987654321:role/Deployer, arn:aws-cn:sts::210987654321:assumed-role/Deployer/deploy"
    })
    void assumeRole_ofAnyPartition_dropsThePathOnly(String role, String assumed) {
        WORLD.sts().role(role, Duration.ofHours(1), Trust.caller(KEY.accessKeyId()));

        assertThat(WORLD.assumeRole(request -> request.roleArn(role))
                        .assumedRoleUser()
                        .arn())
                .isEqualTo(assumed);
    }

    @ParameterizedTest
    @ValueSource(ints = {899, 43_201})
    void duration_outsideOfAwsRange_isInvalid(int seconds) {
        WORLD.sts().role(KEY_ROLE, Duration.ofHours(12), Trust.caller(KEY.accessKeyId()));

        refused(
                () -> WORLD.assumeRole(request -> request.durationSeconds(seconds)),
                400,
                "ValidationError",
                "failed to satisfy constraint");
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 901, 43_199, 43_200})
    void duration_withinAwsRange_isGranted(int seconds) {
        WORLD.sts().role(KEY_ROLE, Duration.ofHours(12), Trust.caller(KEY.accessKeyId()));

        assertThat(WORLD.assumeRole(request -> request.durationSeconds(seconds))
                        .credentials()
                        .expiration())
                .isEqualTo(TestClock.START.plusSeconds(seconds));
    }

    @Test
    void duration_aboveTheRolesMaximum_failsInsteadOfBeingCut() {
        assertThatCode(() -> WORLD.assumeRole(request -> request.durationSeconds(14_399)))
                .doesNotThrowAnyException();
        assertThatCode(() -> WORLD.assumeRole(request -> request.durationSeconds(14_400)))
                .doesNotThrowAnyException();
        refused(
                () -> WORLD.assumeRole(request -> request.durationSeconds(14_401)),
                400,
                "ValidationError",
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }

    @Test
    void duration_aboveAnHourByRegisteredTemporaryCredentials_isRoleChaining() {
        AwsSessionCredentials temporary = AwsSessionCredentials.create("ASIATESTBROKER000001", "secret", "token");
        WORLD.sts().accessKey(temporary.accessKeyId(), temporary.secretAccessKey(), temporary.sessionToken());
        WORLD.sts().role(KEY_ROLE, Duration.ofHours(4), Trust.caller(temporary.accessKeyId()));

        assertThatCode(() -> WORLD.assumeRole(temporary, request -> request.durationSeconds(3600)))
                .doesNotThrowAnyException();
        refused(
                () -> WORLD.assumeRole(temporary, request -> request.durationSeconds(3601)),
                400,
                "ValidationError",
                "exceeds the 1 hour session limit for roles assumed by role chaining.");
    }

    @Test
    void duration_aboveAnHourByIssuedCredentials_isRoleChaining() {
        AssumeRoleResponse first = WORLD.assumeRole(_ -> {});
        WORLD.sts()
                .role(
                        KEY_ROLE,
                        Duration.ofHours(4),
                        Trust.caller(first.assumedRoleUser().arn()));

        assertThatCode(() -> WORLD.assumeRole(session(first.credentials()), request -> request.durationSeconds(3600)))
                .doesNotThrowAnyException();
        refused(
                () -> WORLD.assumeRole(session(first.credentials()), request -> request.durationSeconds(3601)),
                400,
                "ValidationError",
                "role chaining");
    }

    @Test
    void role_unknownOrTrustingOthers_isRefusedAlike() {
        WORLD.sts().role("arn:aws:iam::123456789012:role/Other", Duration.ofHours(1), Trust.caller("AKIAOTHER"));

        refused(() -> WORLD.assumeRole(r -> r.roleArn("arn:aws:iam::123456789012:role/None")), 403, "AccessDenied");
        refused(() -> WORLD.assumeRole(r -> r.roleArn("arn:aws:iam::123456789012:role/Other")), 403, "AccessDenied");
        refused(() -> WORLD.assumeRole(r -> r.roleArn(World.OIDC_ROLE)), 403, "AccessDenied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::123456789012",
                "arn:aws:iam::12345678901:role/Deployer",
                "nonsense of twenty characters"
            })
    void roleArn_thatIsNone_isInvalid(String arn) {
        refused(() -> WORLD.assumeRole(request -> request.roleArn(arn)), 400, "ValidationError");
    }

    @Test
    void externalId_whereTheTrustDemandsOne_mustBeThatOne() {
        WORLD.sts().role(KEY_ROLE, Duration.ofHours(1), Trust.caller(KEY.accessKeyId(), "tenant-7"));

        assertThatCode(() -> WORLD.assumeRole(request -> request.externalId("tenant-7")))
                .doesNotThrowAnyException();
        refused(() -> WORLD.assumeRole(request -> request.externalId("tenant-8")), 403, "AccessDenied");
        refused(() -> WORLD.assumeRole(_ -> {}), 403, "AccessDenied");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, true", "63, true", "64, true", "65, false"})
    void roleSessionName_ofAnyLength_isTwoTo64(int length, boolean fits) {
        granted(fits, () -> WORLD.assumeRole(request -> request.roleSessionName("n".repeat(length))));
    }

    @ParameterizedTest
    @CsvSource({"a b, false", "a/b, false", "äö, false", "'a_=,.@-+Z9', true"})
    void roleSessionName_ofAnyAlphabet_isWordsAndAFewSigns(String name, boolean fits) {
        granted(fits, () -> WORLD.assumeRole(request -> request.roleSessionName(name)));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "64, true", "65, false"})
    void sourceIdentity_ofAnyLength_isTwoTo64(int length, boolean fits) {
        granted(fits, () -> WORLD.assumeRole(request -> request.sourceIdentity("n".repeat(length))));
    }

    @Test
    void sourceIdentity_ofAwsItself_isInvalid() {
        refused(() -> WORLD.assumeRole(request -> request.sourceIdentity("aws:me")), 400, "ValidationError");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "1224, true", "1225, false"})
    void externalId_ofAnyLength_isTwoTo1224(int length, boolean fits) {
        granted(fits, () -> WORLD.assumeRole(request -> request.externalId("n".repeat(length))));
    }

    @Test
    void externalId_withABlank_isInvalid() {
        refused(() -> WORLD.assumeRole(request -> request.externalId("a b")), 400, "ValidationError");
    }

    @ParameterizedTest
    @CsvSource({"49, true", "50, true", "51, false"})
    void tags_ofAnyNumber_areFiftyAtMost(int number, boolean fits) {
        granted(fits, () -> WORLD.assumeRole(request -> request.tags(tags(number, 1))));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, false", "1, 0, true", "128, 256, true", "129, 1, false", "1, 257, false"})
    void tag_ofAnyLength_isLimited(int key, int value, boolean fits) {
        granted(fits, () -> WORLD.assumeRole(request -> request.tags(tag("k".repeat(key), "v".repeat(value)))));
    }

    @Test
    void tag_outsideOfTheAlphabet_isInvalid() {
        granted(true, () -> WORLD.assumeRole(request -> request.tags(tag("Größe", "a b_.:/=+-@9"))));
        granted(false, () -> WORLD.assumeRole(request -> request.tags(tag("size", "a*b"))));
    }

    @Test
    void tags_thatDifferInCaseOnly_areDuplicates() {
        granted(false, () -> WORLD.assumeRole(request -> request.tags(tag("team", "a"), tag("Team", "b"))));
        granted(false, () -> WORLD.assumeRole(request -> request.tags(tag("team", "a"), tag("team", "a"))));
    }

    @Test
    void transitiveTagKey_withoutItsTag_isInvalid() {
        granted(
                false,
                () -> WORLD.assumeRole(request -> request.tags(tag("team", "a")).transitiveTagKeys("cost")));
    }

    @Test
    void tags_whereTheTrustWithholdsTagging_areDenied() {
        WORLD.sts()
                .role(StsRole.of(KEY_ROLE, Duration.ofHours(1), Trust.caller(KEY.accessKeyId()))
                        .withholding("sts:TagSession"));

        assertThatCode(() -> WORLD.assumeRole(request -> request.sourceIdentity("alice")))
                .doesNotThrowAnyException();
        refused(() -> WORLD.assumeRole(request -> request.tags(tag("team", "a"))), 403, "AccessDenied", "TagSession");
    }

    @Test
    void sourceIdentity_whereTheTrustWithholdsIt_isDenied() {
        WORLD.sts()
                .role(StsRole.of(KEY_ROLE, Duration.ofHours(1), Trust.caller(KEY.accessKeyId()))
                        .withholding("sts:SetSourceIdentity"));

        assertThatCode(() -> WORLD.assumeRole(request -> request.tags(tag("team", "a"))))
                .doesNotThrowAnyException();
        refused(() -> WORLD.assumeRole(r -> r.sourceIdentity("alice")), 403, "AccessDenied", "SetSourceIdentity");
    }

    @ParameterizedTest
    @CsvSource({"2047, true", "2048, true", "2049, false"})
    void policy_ofAnyLength_is2048AtMost(int length, boolean fits) {
        String policy = "{\"Statement\":[]" + " ".repeat(length - 16) + "}";

        assertThat(policy).hasSize(length);
        granted(fits, () -> WORLD.assumeRole(request -> request.policy(policy)));
    }

    @Test
    void policy_empty_isInvalidAndNotAbsent() {
        refused(() -> WORLD.assumeRole(request -> request.policy("")), 400, "ValidationError");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "text"})
    void policy_thatIsNone_isMalformed(String policy) {
        refused(() -> WORLD.assumeRole(request -> request.policy(policy)), 400, "MalformedPolicyDocument");
    }

    @Test
    void policyArns_moreThanTen_areInvalid() {
        granted(true, () -> WORLD.assumeRole(request -> request.policyArns(policies(10))));
        granted(false, () -> WORLD.assumeRole(request -> request.policyArns(policies(11))));
    }

    @Test
    void policyArn_ofAnotherAccount_isInvalid() {
        granted(
                false,
                () -> WORLD.assumeRole(
                        request -> request.policyArns(policy("arn:aws:iam::210987654321:policy/Upload"))));
    }

    @Test
    void packedSize_atTheSpaceThereIs_isTheLastThatFits() {
        // 16 tags of 256 bytes are 4096, which is all there is; a transitive key is six bytes more.
        granted(true, () -> WORLD.assumeRole(request -> request.tags(tags(16, 250))));
        refused(
                () -> WORLD.assumeRole(request -> request.tags(tags(16, 250)).transitiveTagKeys("key-10")),
                400,
                "PackedPolicyTooLarge",
                "Packed size of session tags consumes");
    }

    @Test
    void signature_missing_isDemanded() {
        try (StsClient client = WORLD.anonymous()) {
            refused(
                    () -> client.assumeRole(request -> request.roleArn(KEY_ROLE).roleSessionName("deploy")),
                    403,
                    "MissingAuthenticationToken");
        }
    }

    private static void granted(boolean fits, ThrowingCallable call) {
        if (fits) {
            assertThatCode(call).doesNotThrowAnyException();
        } else {
            refused(call, 400, "ValidationError");
        }
    }

    private static AwsSessionCredentials session(Credentials issued) {
        return AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    /** Keys of six bytes. */
    private static List<Tag> tags(int number, int valueLength) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            tags.add(tag("key-" + (10 + i), "v".repeat(valueLength)));
        }
        return tags;
    }

    private static List<PolicyDescriptorType> policies(int number) {
        List<PolicyDescriptorType> policies = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            policies.add(policy("arn:aws:iam::123456789012:policy/Upload-" + i));
        }
        return policies;
    }

    private static PolicyDescriptorType policy(String arn) {
        return PolicyDescriptorType.builder().arn(arn).build();
    }
}
