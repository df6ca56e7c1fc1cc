package dev.credbroker.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTemplateTest {

    private static final String POLICY = """
            {
              "Version": "2012-10-17",
              "Statement": [
                { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::data/{team}/*" }
              ]
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"a", "team-a", "A.b_c@d=e,f+g-9"})
    void fill_aHarmlessValue_standsInItsString(String team) {
        assertThat(fill(POLICY, Map.of("team", team)))
                .contains("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
                        + "\"Resource\":\"arn:aws:s3:::data/" + team + "/*\"}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "?",
                "a*",
                "a/b",
                "../b",
                "a b",
                "a\"b",
                "a\",\"arn:aws:s3:::other/*",
                "a\\",
                "a:b",
                "${aws:username}",
                "$",
                "{subject}",
                "a\n",
                "\u0000",
                "ä",
                "a\u202E",
                "a|b",
                "a'b"
            })
    void fill_anyOtherValue_makesNoPolicyAtAll(String team) {
        assertThat(fill(POLICY, Map.of("team", team))).isEmpty();
    }

    @Test
    void fill_aPlaceWithoutAValue_makesNoPolicyAtAll() {
        assertThat(fill(POLICY, Map.of("unit", "a"))).isEmpty();
    }

    @Test
    void fill_onePlaceOfSeveralWithoutAValue_makesNoPolicyAtAll() {
        String policy = "{\"Statement\":[{\"Resource\":[\"a\",\"{team}\"],\"Sid\":\"{unit}\"}]}";

        assertThat(fill(policy, Map.of("team", "x", "unit", "y"))).isPresent();
        assertThat(fill(policy, Map.of("unit", "y"))).isEmpty();
        assertThat(fill(policy, Map.of("team", "x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${aws:username}",
                "a/${aws:PrincipalTag/team, 'none'}/b",
                "${*}",
                "${?}",
                "${$}",
                "${aws:username}${saml:sub}",
                "${aws:a$b}",
                "costs 5$"
            })
    void fill_policyVariablesOfTheAuthor_stayAsTheyAre(String resource) {
        String policy = "{\"Statement\":[{\"Resource\":\"" + resource + "\"}]}";

        assertThat(fill(policy, Map.of())).contains(policy);
    }

    /** It would come out as a policy variable: the last as every name there is. */
    @ParameterizedTest
    @ValueSource(strings = {"{$}", "{$team}", "a/{$aws:username}", "{team}{$*}"})
    void parse_aPlaceThatBeginsWithADollar_isRefused(String resource) {
        String policy = "{\"Statement\":[{\"Resource\":\"" + resource + "\"}]}";

        assertThatIllegalArgumentException().isThrownBy(() -> PolicyTemplate.parse(policy));
    }

    @Test
    void fill_besideAPolicyVariable_fillsThePlaceAlone() {
        assertThat(fill("{\"Statement\":[{\"Resource\":\"{team}/${aws:username}\"}]}", Map.of("team", "a")))
                .contains("{\"Statement\":[{\"Resource\":\"a/${aws:username}\"}]}");
    }

    @Test
    void fill_aValueThatRunsIntoItsNeighbour_makesNoPolicyAtAll() {
        String policy = "{\"Statement\":[{\"Resource\":\"{team}-{subject}/${aws:PrincipalTag/cost-center}\"}]}";

        assertThat(fill(policy, Map.of("team", "a", "subject", "b-c"))).isPresent();
        assertThat(fill(policy, Map.of("team", "a-b", "subject", "c"))).isEmpty();
    }

    @Test
    void fill_keysAndWhatIsNoText_stayAsTheyAre() {
        String policy = "{\"Statement\":[{\"{team}\":[1,1.50,true,null,{}]}]}";

        assertThat(fill(policy, Map.of("team", "a"))).contains("{\"Statement\":[{\"{team}\":[1,1.5,true,null,{}]}]}");
    }

    @Test
    void fill_anEscapedQuoteOfTheAuthor_staysEscaped() {
        String policy = "{\"Statement\":[{\"Sid\":\"a\\\"b\\\\c {team}\"}]}";

        assertThat(fill(policy, Map.of("team", "x"))).contains("{\"Statement\":[{\"Sid\":\"a\\\"b\\\\c x\"}]}");
    }

    @Test
    void places_ofAPolicy_areThoseOfItsStringsWithoutPolicyVariables() {
        PolicyTemplate policy = PolicyTemplate.parse(
                "{\"Statement\":[{\"Resource\":[\"{team}/${aws:username}\"],\"Sid\":\"{unit}\"}]}");

        assertThat(policy.places()).containsExactlyInAnyOrder("team", "unit");
    }

    private static Optional<String> fill(String policy, Map<String, String> values) {
        return PolicyTemplate.parse(policy).fill(place -> Optional.ofNullable(values.get(place)));
    }
}
