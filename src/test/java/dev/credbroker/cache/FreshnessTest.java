package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.cache.Freshness.Fitness;
import dev.credbroker.cache.Freshness.Need;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

    private static final Freshness FRESHNESS = new Freshness(0.5, 0.9, Duration.ofMinutes(2));
    private static final Instant NOW = TestClock.START;
    private static final Need ANY = need(0, false);
    private static final Need LONG = need(0, true);

    /** Lifetime, what is left, both in seconds: min(0.7 L, max(17 min, 0.5 L)). */
    @ParameterizedTest
    @CsvSource({
        // 12 h: half of it
        "43200, 21599, USABLE", "43200, 21600, FRESH", "43200, 21601, FRESH",
        // 1 h: half of it
        "3600, 1799, USABLE", "3600, 1800, FRESH", "3600, 1801, FRESH",
        // 34 min: where half of it is 17 min
        "2040, 1019, LAST_RESORT", "2040, 1020, FRESH", "2040, 1021, FRESH",
        // 30 min: 17 min, since half of it were less
        "1800, 1019, LAST_RESORT", "1800, 1020, FRESH", "1800, 1021, FRESH",
        // 15 min: 0.7 of it, since 17 min are never left
        "900, 629, LAST_RESORT", "900, 630, FRESH", "900, 631, FRESH",
        // what STS cut short
        "901, 630, LAST_RESORT", "901, 631, FRESH",
    })
    void judge_aSessionForAnybody(int lifetime, int remaining, Fitness expected) {
        assertThat(FRESHNESS.judge(session(lifetime, remaining), ANY, NOW)).isEqualTo(expected);
    }

    /** 0.9 L for who named more than an hour. */
    @ParameterizedTest
    @CsvSource({
        "14400, 12959, USABLE", "14400, 12960, FRESH", "14400, 12961, FRESH",
        "43200, 38879, USABLE", "43200, 38880, FRESH", "43200, 38881, FRESH",
        "3601, 3240, USABLE", "3601, 3241, FRESH",
    })
    void judge_aSessionForWhoNamedMoreThanAnHour(int lifetime, int remaining, Fitness expected) {
        assertThat(FRESHNESS.judge(session(lifetime, remaining), LONG, NOW)).isEqualTo(expected);
    }

    @Test
    void judge_aMillisecondBelowNeeded_isNotFresh() {
        assertThat(FRESHNESS.judge(session(14_400, 12_960), LONG, NOW.plusMillis(1)))
                .isEqualTo(Fitness.USABLE);
        assertThat(FRESHNESS.judge(session(900, 630), ANY, NOW.plusMillis(1))).isEqualTo(Fitness.LAST_RESORT);
    }

    /** min(17 min, 0.7 L) for a moment, then only while nothing newer can be had. */
    @ParameterizedTest
    @CsvSource({
        "43200, 1019, LAST_RESORT", "43200, 1020, USABLE", "43200, 1021, USABLE",
        "3600, 1019, LAST_RESORT", "3600, 1020, USABLE", "3600, 1021, USABLE",
    })
    void judge_aSessionThatNeedsRenewal_isUsableDownToSeventeenMinutes(int lifetime, int remaining, Fitness expected) {
        assertThat(FRESHNESS.judge(session(lifetime, remaining), ANY, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"119, UNFIT", "120, LAST_RESORT", "121, LAST_RESORT"})
    void judge_aSessionAtTheFloor(int remaining, Fitness expected) {
        assertThat(FRESHNESS.judge(session(3600, remaining), ANY, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2999, UNFIT", "3000, FRESH", "3001, FRESH"})
    void judge_aSessionAtAnExplicitMinimumAboveTheRest(int remaining, Fitness expected) {
        assertThat(FRESHNESS.judge(session(3600, remaining), need(3000, false), NOW))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"599, UNFIT", "600, LAST_RESORT", "601, LAST_RESORT"})
    void judge_aSessionAtAnExplicitMinimumBelowTheRest(int remaining, Fitness expected) {
        assertThat(FRESHNESS.judge(session(3600, remaining), need(600, false), NOW))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"119, UNFIT", "120, LAST_RESORT"})
    void judge_anExplicitMinimumBelowTheFloor_doesNotLowerIt(int remaining, Fitness expected) {
        assertThat(FRESHNESS.judge(session(3600, remaining), need(30, false), NOW))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"3599, UNFIT", "3600, FRESH", "3601, FRESH"})
    void judge_aSessionThatEndsAfterTheDeadline_isUnfit(int deadline, Fitness expected) {
        Need need =
                new Need(Duration.ZERO, false, Duration.ofSeconds(deadline), Optional.of(NOW.plusSeconds(deadline)));

        assertThat(FRESHNESS.judge(session(3600, 3600), need, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-1, UNFIT", "0, UNFIT", "1, LAST_RESORT"})
    void judge_aSessionAtItsEnd_evenWithoutAFloor(int remaining, Fitness expected) {
        Freshness floorless = new Freshness(0.5, 0.9, Duration.ZERO);

        assertThat(floorless.judge(session(3600, remaining), ANY, NOW)).isEqualTo(expected);
    }

    @Test
    void judge_whatStsCutShort_isMeasuredByWhatItIs() {
        Need fourHours = new Need(Duration.ZERO, true, Duration.ofHours(4), Optional.empty());

        assertThat(FRESHNESS.judge(session(3600, 3600), fourHours, NOW)).isEqualTo(Fitness.FRESH);
    }

    @Test
    void judge_whatAnothersDeadlineCutShort_isMeasuredByWhatThisCallerCanHave() {
        Need fourHours = new Need(Duration.ZERO, true, Duration.ofHours(4), Optional.empty());
        HeldSession curtailed = new HeldSession(credentials(3600), Duration.ofHours(1), true);

        assertThat(FRESHNESS.judge(curtailed, fourHours, NOW)).isEqualTo(Fitness.USABLE);
    }

    @Test
    void judge_whatItsOwnDeadlineCutShort_isFresh() {
        Need untilThen = new Need(Duration.ZERO, false, Duration.ofHours(1), Optional.of(NOW.plusSeconds(3600)));
        HeldSession curtailed = new HeldSession(credentials(3600), Duration.ofHours(1), true);

        assertThat(FRESHNESS.judge(curtailed, untilThen, NOW)).isEqualTo(Fitness.FRESH);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.9", "1, 0.9", "0.5, 0", "0.5, 1", "NaN, 0.9", "-0.5, 0.9"})
    void freshness_ofAFractionThatIsNone_isRefused(double reuse, double reuseOfLong) {
        assertThatThrownBy(() -> new Freshness(reuse, reuseOfLong, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void freshness_ofANegativeFloor_isRefused() {
        assertThatThrownBy(() -> new Freshness(0.5, 0.9, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Need need(int minRemaining, boolean isLong) {
        return new Need(Duration.ofSeconds(minRemaining), isLong, Duration.ofHours(1), Optional.empty());
    }

    private static HeldSession session(int lifetime, int remaining) {
        return new HeldSession(credentials(remaining), Duration.ofSeconds(lifetime), false);
    }

    private static CredentialDocument credentials(int remaining) {
        return new CredentialDocument("ASIATEST", Secret.of("{}"), NOW.plusSeconds(remaining));
    }
}
