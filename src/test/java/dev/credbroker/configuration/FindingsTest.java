package dev.credbroker.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class FindingsTest {

    private final Findings findings = new Findings();

    @Test
    void parse_aValueThatFits_isItWithoutAFinding() {
        assertThat(findings.parse("broker.sts.concurrency", "7", Integer::valueOf))
                .contains(7);
        assertThat(findings.none()).isTrue();
    }

    @Test
    void parse_aValueThatDoesNot_isAFindingWithTheReason() {
        assertThat(findings.parse("broker.sts.concurrency", "x", FindingsTest::refuse))
                .isEmpty();

        assertThat(findings.all()).containsExactly(new Finding("broker.sts.concurrency", "not x"));
        assertThat(findings.all().getFirst()).hasToString("broker.sts.concurrency: not x");
    }

    @Test
    void parse_aParserThatBreaks_isNoMistakeOfTheOperator() {
        assertThatIllegalStateException()
                .isThrownBy(() -> findings.parse("broker.sts.concurrency", "x", text -> {
                    throw new IllegalStateException(text);
                }));
    }

    @Test
    void all_ofSeveral_areInTheOrderInWhichTheyWereFound() {
        findings.add("b", "first");
        findings.add("a", "second");

        assertThat(findings.all()).extracting(Finding::property).containsExactly("b", "a");
        assertThat(findings.none()).isFalse();
    }

    private static Integer refuse(String text) {
        throw new IllegalArgumentException("not " + text);
    }
}
