package dev.credbroker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.SessionDuration;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationDecisionTest {

    @Test
    void toString_ofWhatWasAsked_saysItWithoutALimit() {
        assertThat(decision(named(14_400), 14_400)).hasToString("requested=14400, granted=14400");
    }

    @Test
    void toString_ofTheDefault_saysSo() {
        assertThat(decision(new RequestedDuration.Unsaid(), 3600)).hasToString("requested=default, granted=3600");
    }

    @Test
    void toString_ofLess_saysWhatSetIt() {
        DurationDecision decision = new DurationDecision(
                new RequestedDuration.Longest(),
                new SessionDuration(3600),
                Duration.ofHours(1),
                Optional.of(DurationLimit.ROLE_CHAINING));

        assertThat(decision).hasToString("requested=max, granted=3600, limited-by=role-chaining");
    }

    @ParameterizedTest
    @CsvSource({"3600, true", "3570, true", "3569, false"})
    void issued_nearlyWhatWasGranted_isWhatWasGranted(int lifetime, boolean same) {
        DurationDecision decision = decision(named(3600), 3600);

        assertThat(decision.issued(Duration.ofSeconds(lifetime)).equals(decision))
                .isEqualTo(same);
    }

    @Test
    void issued_lessThanWasGranted_isLimitedBySts() {
        assertThat(decision(named(14_400), 14_400).issued(Duration.ofHours(1)))
                .hasToString("requested=14400, granted=3600, limited-by=sts");
    }

    @ParameterizedTest
    @CsvSource({"3599, false", "3600, false", "3601, true"})
    void isLong_named_isMoreThanAnHour(int seconds, boolean isLong) {
        assertThat(decision(named(seconds), seconds).isLong()).isEqualTo(isLong);
    }

    @Test
    void isLong_unsaid_neverIs() {
        assertThat(decision(new RequestedDuration.Unsaid(), 43_200).isLong()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3599, true", "3600, false", "3601, false"})
    void isCutByDeadline_whatIsGranted_isLessThanWhatIsPlanned(int granted, boolean cut) {
        DurationDecision decision = new DurationDecision(
                named(3600), new SessionDuration(3600), Duration.ofSeconds(granted), Optional.empty());

        assertThat(decision.isCutByDeadline()).isEqualTo(cut);
    }

    private static RequestedDuration named(int seconds) {
        return new RequestedDuration.Named(new SessionDuration(seconds));
    }

    private static DurationDecision decision(RequestedDuration requested, int seconds) {
        return new DurationDecision(
                requested, new SessionDuration(seconds), Duration.ofSeconds(seconds), Optional.empty());
    }
}
