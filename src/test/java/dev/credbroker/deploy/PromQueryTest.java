package dev.credbroker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.deploy.PromQuery.Label;
import dev.credbroker.deploy.PromQuery.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromQueryTest {

    @Test
    void parse_aQueryWithAllParts_findsSelectorsAndLabels() {
        PromQuery query = PromQuery.parse(
                "here",
                "sum by (code, region) (rate(a_total{x=\"1\",y!~\"$v\"}[$__rate_interval])) / b_sum > 0.5 or vector(0)",
                "{{code}} of {{ $labels.region }}");

        assertThat(query.selectors())
                .containsExactly(
                        new Selector("a_total", List.of(new Label("x", "=", "1"), new Label("y", "!~", "$v"))),
                        new Selector("b_sum", List.of()));
        assertThat(query.labels()).containsExactlyInAnyOrder("code", "region");
    }

    @Test
    void parse_aMatcherThatIsNone_isRefused() {
        assertThatThrownBy(() -> PromQuery.parse("here", "a{x=1}", ""))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("here");
    }
}
