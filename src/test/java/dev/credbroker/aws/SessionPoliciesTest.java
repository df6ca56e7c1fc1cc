package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPoliciesTest {

    private static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    @ParameterizedTest
    @ValueSource(ints = {1, 2047, 2048})
    void inline_of1To2048Characters_isTaken(int length) {
        assertThat(inline("p".repeat(length)).inline()).contains("p".repeat(length));
    }

    @Test
    void inline_of2049Characters_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> inline("p".repeat(2049)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void inline_thatIsEmpty_isRefusedAndNotTakenAsAbsent(String policy) {
        assertThatIllegalArgumentException().isThrownBy(() -> inline(policy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\u0100\"}", "\tÿ\r\n "})
    void inline_ofCharactersThatAwsTakes_isTaken(String policy) {
        assertThat(inline(policy).inline()).contains(policy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p\u0000", "p\u0008", "p\u000B", "p\u001F", "p\u0100", "p\uD83D\uDE00", "p\uD83D"})
    void inline_ofAnotherCharacter_isRefused(String policy) {
        assertThatIllegalArgumentException().isThrownBy(() -> inline(policy));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10})
    void managed_ofAtMost10_areTaken(int count) {
        assertThat(managed(Collections.nCopies(count, READ_ONLY)).managed()).hasSize(count);
    }

    @Test
    void managed_of11_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> managed(Collections.nCopies(11, READ_ONLY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
                "arn:aws-us-gov:iam::123456789012:policy/narrow"
            })
    void managed_arnOfAPolicy_isTaken(String arn) {
        assertThat(SessionPolicies.checkArn(arn)).isEqualTo(arn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ReadOnlyAccess",
                "arn:aws:iam::aws:policy/",
                "arn:aws:iam::*:policy/narrow",
                "arn:aws:iam::12345678901:policy/narrow",
                "arn:aws:iam::aws:role/narrow",
                "arn:aws:iam::aws:policy/nar row",
                "arn:aws:iam::aws:policy/*"
            })
    void managed_whatIsNotThatOfAPolicy_isRefused(String arn) {
        assertThatIllegalArgumentException().isThrownBy(() -> managed(List.of(arn)));
    }

    @Test
    void managed_changedAfterwards_staysAsItWas() {
        List<String> arns = new ArrayList<>(List.of(READ_ONLY));
        SessionPolicies policies = managed(arns);

        arns.clear();

        assertThat(policies.managed()).containsExactly(READ_ONLY);
    }

    private static SessionPolicies inline(String policy) {
        return new SessionPolicies(Optional.of(policy), List.of());
    }

    private static SessionPolicies managed(List<String> arns) {
        return new SessionPolicies(Optional.empty(), arns);
    }
}
