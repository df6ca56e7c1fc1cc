package dev.credbroker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionKeyTest {

    private static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    private static final String VIEW_ONLY = "arn:aws:iam::aws:policy/ViewOnlyAccess";

    private static final String STABLE =
            "held sessions are found by it across releases: a change needs another version of the encoding";

    @Test
    void key_ofOneSpec_isForEverTheSame() {
        SessionSpec spec = Plans.saml()
                .provider("adfs", "http://adfs.example.com/adfs/services/trust")
                .subject("alice", "-persistent", "", "")
                .role("arn:aws:iam::123456789012:role/people/ADFS-Production")
                .samlProvider("arn:aws:iam::123456789012:saml-provider/ADFS")
                .seconds(14_400)
                .sessionName("alice")
                .sourceIdentity("alice@example.com")
                .tags(Map.of("team", "red", "unit", "7"), "team")
                .policies("{\"Statement\":[{}]}", READ_ONLY)
                .externalId("4711")
                .region("eu-west-1")
                .statement("digest")
                .spec();

        assertThat(SessionKey.of(spec))
                .as(STABLE)
                .hasToString("1b2f0442e51ad7b20ec19df801d07598d279c2c5846058b1e4164c511a355b47");
    }

    @Test
    void key_ofASpecThatLeavesOutWhatItMay_isForEverTheSame() {
        SessionSpec spec = Plans.assumeRole().seconds(3600).region("eu-west-1").spec();

        assertThat(SessionKey.of(spec))
                .as(STABLE)
                .hasToString("3a29e2ba94a21974ec0ca60e76cbf7d4282d5798693ac4e49a19f5014aa0da16");
    }

    @Test
    void toString_ofAKey_isAll64Digits() {
        assertThat(new SessionKey(1, -1, 0, Long.MIN_VALUE))
                .hasToString("0000000000000001" + "ffffffffffffffff" + "0000000000000000" + "8000000000000000");
    }

    @ParameterizedTest
    @MethodSource("lookalikes")
    void key_ofSpecsThatLookAlike_differs(Plans one, Plans other) {
        assertThat(SessionKey.of(one.spec())).isNotEqualTo(SessionKey.of(other.spec()));
    }

    static Stream<Arguments> lookalikes() {
        return Stream.of(
                // moved between neighbours
                pair(base().provider("ab", "c"), base().provider("a", "bc")),
                pair(
                        base().provider("corp", "ab").subject("c"),
                        base().provider("corp", "a").subject("bc")),
                pair(base().subject("a", "b"), base().subject("ab")),
                pair(base().subject("a", "b"), base().subject("a", "b", "")),
                pair(base().subject("a", "", "b"), base().subject("a", "b", "")),
                pair(base().sessionName("xx"), base().sessionName("alice").sourceIdentity("xx")),
                pair(Plans.saml().sessionName("xx"), Plans.saml().sourceIdentity("xx")),
                pair(Plans.saml().sourceIdentity("xx"), Plans.saml().externalId("xx")),
                pair(base().tags(Map.of("a", "bc")), base().tags(Map.of("ab", "c"))),
                pair(base().tags(Map.of("a", "b", "c", "d")), base().tags(Map.of("a", "d", "c", "b"))),
                pair(base().tags(Map.of("a", "")), base().tags(Map.of("a", ""), "a")),
                pair(base().tags(Map.of()), base().tags(Map.of("a", ""))),
                pair(base().policies("{}", READ_ONLY, VIEW_ONLY), base().policies("{}", VIEW_ONLY, READ_ONLY)),
                pair(base().policies("{}", READ_ONLY), base().policies("{}", READ_ONLY, READ_ONLY)),
                pair(base().policies("{}"), base()),
                pair(base().statement(""), Plans.assumeRole()),
                // of another form
                pair(base().subject("\u00E9"), base().subject("e\u0301")),
                pair(base().subject("alice"), base().subject("Alice")),
                pair(base().subject("alice"), base().subject("alice ")),
                pair(base().subject("\uD800"), base().subject("\uD801")),
                pair(base().subject("\uD800"), base().subject("?")),
                pair(base().subject("\uD800"), base().subject("\uFFFD")),
                pair(base().subject("\u0130"), base().subject("i\u0307")),
                // not to be seen in the session itself
                pair(
                        base().provider("corp", "https://one.example.com"),
                        base().provider("corp", "https://two.example.com")),
                pair(base().statement("x"), base().statement("y")),
                pair(base().region("eu-west-1"), base().region("eu-west-2")),
                pair(base().seconds(3600), base().seconds(3601)),
                pair(
                        base().role("arn:aws:iam::123456789012:role/a/b"),
                        base().role("arn:aws:iam::123456789012:role/b")));
    }

    /** Whatever part comes where there was no more room. */
    @Test
    void key_ofSpecsOfAnyLength_differsInWhatCameFirst() {
        Set<SessionKey> keys = new HashSet<>();
        for (int length = 1; length < 1200; length++) {
            String policy = "p".repeat(length);
            assertThat(keys.add(SessionKey.of(base().policies(policy).spec()))).isTrue();
            assertThat(keys.add(SessionKey.of(
                            base().subject("alicf").policies(policy).spec())))
                    .isTrue();
        }
    }

    @Test
    void key_whateverTheDeadline_isTheSame() {
        List<SessionKey> keys = Stream.of(
                        base(), base().deadline(Requests.in(60)), base().minRemaining(Duration.ofMinutes(5)))
                .map(plans -> plans.plan().key())
                .toList();

        assertThat(keys).containsOnly(keys.getFirst());
    }

    private static Plans base() {
        return Plans.webIdentity();
    }

    private static Arguments pair(Plans one, Plans other) {
        return Arguments.of(one, other);
    }
}
