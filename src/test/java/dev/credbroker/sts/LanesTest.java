package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionSpec;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final Principal MALLORY = new Principal("corp", List.of("mallory"));
    private static final Principal BOB = new Principal("corp", List.of("bob"));

    private final TestTime time = new TestTime();
    private final Lanes lanes = new Lanes(64, 100, time, time);

    @Test
    void accounts_asManyAsOneCallerMayName_takeAFifthOfTheRegionAndNoMore() {
        for (int i = 0; i < Lanes.PLACES_OF_PRINCIPAL; i++) {
            enter(i, "eu-west-1", MALLORY);
        }

        ExchangeFailed oneMore = catchThrowableOfType(
                ExchangeFailed.class, () -> enter(Lanes.PLACES_OF_PRINCIPAL, "eu-west-1", MALLORY));
        assertThat(oneMore.failure()).isEqualTo(new Throttled(Duration.ofSeconds(1)));

        assertThatCode(() -> enter(0, "eu-west-1", BOB)).doesNotThrowAnyException();
        assertThatCode(() -> enter(0, "us-east-1", MALLORY)).doesNotThrowAnyException();
    }

    @Test
    void account_ofTheSameRegion_hasOneLane() {
        assertThat(lanes.of(spec(1, "eu-west-1"))).isSameAs(lanes.of(spec(1, "eu-west-1")));
        assertThat(lanes.of(spec(2, "eu-west-1"))).isNotSameAs(lanes.of(spec(1, "eu-west-1")));
        assertThat(lanes.of(spec(1, "us-east-1"))).isNotSameAs(lanes.of(spec(1, "eu-west-1")));
    }

    private void enter(int account, String region, Principal principal) {
        Lane.Turn _ = lanes.of(spec(account, region)).enter(principal, Duration.ZERO);
    }

    private static SessionSpec spec(int account, String region) {
        return Plans.webIdentity()
                .role("arn:aws:iam::%012d:role/any".formatted(account))
                .region(region)
                .plan()
                .spec();
    }
}
