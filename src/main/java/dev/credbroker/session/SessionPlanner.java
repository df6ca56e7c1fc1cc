package dev.credbroker.session;

import dev.credbroker.authorization.Decision.Granted;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.roles.OnExcess;
import dev.credbroker.roles.Role;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.session.Planning.NoOwnCredentials;
import dev.credbroker.session.Planning.OwnCredentialsUnknown;
import dev.credbroker.session.Planning.Planned;
import dev.credbroker.session.Planning.RemainsTooLong;
import dev.credbroker.session.Planning.TokenEndsTooSoon;
import dev.credbroker.session.Planning.TooLong;
import dev.credbroker.session.Planning.Unfit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns a permitted request into the one session that it is about, or says what cannot be had.
 *
 * <p>Durations: what is granted is the smallest of what was asked (or the role's default), the role's maximum, the
 * assertion's {@code SessionDuration}, one hour where the broker's own credentials are temporary and the operation is
 * {@code assume-role}, and, where the role says so, what is left of the token.
 */
public final class SessionPlanner {

    /** Below this, what a session must still last could not be told from what it was granted. */
    private static final Duration LEAST_LOSS = Duration.ofSeconds(60);

    private final OwnCredentials ownCredentials;
    private final InstantSource clock;

    public SessionPlanner(OwnCredentials ownCredentials, InstantSource clock) {
        this.ownCredentials = ownCredentials;
        this.clock = clock;
    }

    /** Plans from memory alone; {@link OwnCredentialsUnknown} where that does not suffice. */
    public Planning plan(Granted granted, RequestedDuration requested, Optional<Duration> minRemaining) {
        if (!needsOwnCredentials(granted.role())) {
            return plan(granted, requested, minRemaining, Optional.empty());
        }
        return ownCredentials
                .known()
                .map(kind -> plan(granted, requested, minRemaining, Optional.of(kind)))
                .orElseGet(OwnCredentialsUnknown::new);
    }

    /** Plans as {@link #plan} does, and looks the broker's own credentials up if need be; may block. */
    public Planning planBlocking(Granted granted, RequestedDuration requested, Optional<Duration> minRemaining) {
        if (!needsOwnCredentials(granted.role())) {
            return plan(granted, requested, minRemaining, Optional.empty());
        }
        return ownCredentials
                .lookUp()
                .map(kind -> plan(granted, requested, minRemaining, Optional.of(kind)))
                .orElseGet(NoOwnCredentials::new);
    }

    /** The longest session of {@code role}, as far as it is known from memory and without a proof. */
    public SessionDuration longest(Role role) {
        return needsOwnCredentials(role) && ownCredentials.known().equals(Optional.of(OwnCredentials.Kind.TEMPORARY))
                ? SessionDuration.smaller(role.maxDuration(), SessionDuration.LONGEST_CHAINED)
                : role.maxDuration();
    }

    private static boolean needsOwnCredentials(Role role) {
        return role.operation() == StsOperation.ASSUME_ROLE;
    }

    private Planning plan(
            Granted granted,
            RequestedDuration requested,
            Optional<Duration> minRemaining,
            Optional<OwnCredentials.Kind> own) {
        Ceiling ceiling = Ceiling.of(granted, own);
        Optional<Deadline> deadline = Deadline.of(granted, clock.instant());
        if (deadline.filter(Deadline::tooSoon).isPresent()) {
            return new TokenEndsTooSoon();
        }
        Optional<TooLong> excess = excess(granted.role(), requested, ceiling, deadline);
        if (excess.isPresent()) {
            return excess.get();
        }
        DurationDecision duration = decide(granted.role(), requested, ceiling, deadline);
        Duration most = atLeastZero(duration.granted().minus(LEAST_LOSS));
        if (minRemaining.filter(least -> least.compareTo(most) > 0).isPresent()) {
            return new RemainsTooLong(most.toSeconds());
        }
        Duration least = minRemaining
                .or(() -> granted.role().minRemaining())
                .filter(wanted -> wanted.compareTo(most) <= 0)
                .orElseGet(() -> Duration.ZERO);
        return planned(granted, duration, deadline.map(Deadline::at), least);
    }

    /** What a role's owner may not have: more than can be had, where the caller named it and the role does not clamp. */
    private static Optional<TooLong> excess(
            Role role, RequestedDuration requested, Ceiling ceiling, Optional<Deadline> deadline) {
        if (!(requested instanceof RequestedDuration.Named named) || role.onExcess() == OnExcess.CLAMP) {
            return Optional.empty();
        }
        Stream<TooLong> limits = Stream.concat(
                Stream.of(new TooLong(ceiling.duration().seconds(), ceiling.limit())),
                deadline
                        .filter(end -> end.limit() == DurationLimit.TOKEN)
                        .map(end -> new TooLong(end.seconds(), DurationLimit.TOKEN))
                        .stream());
        return limits.min(Comparator.comparingInt(TooLong::longestSeconds))
                .filter(limit -> named.duration().seconds() > limit.longestSeconds());
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static DurationDecision decide(
            Role role, RequestedDuration requested, Ceiling ceiling, Optional<Deadline> deadline) {
        SessionDuration asked = switch (requested) {
            case RequestedDuration.Unsaid unsaid -> role.defaultDuration();
            case RequestedDuration.Longest longest -> SessionDuration.LONGEST;
            case RequestedDuration.Named named -> named.duration();
        };
        SessionDuration planned = SessionDuration.smaller(asked, ceiling.duration());
        Optional<DurationLimit> limit = asked.equals(planned) && !(requested instanceof RequestedDuration.Longest)
                ? Optional.empty()
                : Optional.of(ceiling.limit());
        return deadline.filter(end -> end.left().compareTo(planned.asDuration()) < 0)
                .map(end -> new DurationDecision(requested, planned, end.left(), Optional.of(end.limit())))
                .orElseGet(() -> new DurationDecision(requested, planned, planned.asDuration(), limit));
    }

    private static Planning planned(
            Granted granted, DurationDecision duration, Optional<Instant> deadline, Duration minRemaining) {
        SpecWriter writer = new SpecWriter(granted);
        try {
            SessionSpec spec = writer.write(duration.planned());
            return new Planned(new SessionPlan(
                    spec, SessionKey.of(spec), granted.identity().proof(), duration, deadline, minRemaining));
        } catch (SpecWriter.UnfitValue e) {
            return new Unfit(e.setting());
        }
    }

    /** The longest that can be had, before deadlines, and what sets it. */
    private record Ceiling(SessionDuration duration, DurationLimit limit) {

        static Ceiling of(Granted granted, Optional<OwnCredentials.Kind> own) {
            Ceiling ceiling = new Ceiling(granted.role().maxDuration(), DurationLimit.ROLE);
            if (own.filter(OwnCredentials.Kind.TEMPORARY::equals).isPresent()) {
                ceiling = ceiling.below(SessionDuration.LONGEST_CHAINED, DurationLimit.ROLE_CHAINING);
            }
            if (granted.role().operation() == StsOperation.ASSUME_ROLE_WITH_SAML) {
                Optional<SessionDuration> said =
                        granted.identity().sessionDuration().map(SessionDuration::new);
                if (said.isPresent()) {
                    ceiling = ceiling.below(said.get(), DurationLimit.ASSERTION);
                }
            }
            return ceiling.duration().equals(SessionDuration.LONGEST)
                    ? new Ceiling(SessionDuration.LONGEST, DurationLimit.AWS)
                    : ceiling;
        }

        private Ceiling below(SessionDuration other, DurationLimit limit) {
            return other.compareTo(duration) < 0 ? new Ceiling(other, limit) : this;
        }
    }

    /** The moment that no session of this caller outlives, and what is left until then, in whole seconds. */
    private record Deadline(Instant at, Duration left, DurationLimit limit, boolean appliedBySts) {

        static Optional<Deadline> of(Granted granted, Instant now) {
            boolean seenBySts = granted.role().operation() == StsOperation.ASSUME_ROLE_WITH_SAML;
            Optional<Deadline> token = Optional.of(granted.identity().end())
                    .filter(end -> granted.role().endWithToken())
                    .map(end -> until(end, now, DurationLimit.TOKEN, false));
            Optional<Deadline> assertion =
                    granted.identity().sessionEnd().map(end -> until(end, now, DurationLimit.ASSERTION, seenBySts));
            return token.isPresent() && assertion.isPresent()
                    ? Optional.of(token.get().at().isBefore(assertion.get().at()) ? token.get() : assertion.get())
                    : token.or(() -> assertion);
        }

        private static Deadline until(Instant end, Instant now, DurationLimit limit, boolean appliedBySts) {
            Duration left = Duration.ofSeconds(Duration.between(now, end).toSeconds());
            return new Deadline(end, left, limit, appliedBySts);
        }

        /** What is left in seconds, at most what any session lasts. */
        int seconds() {
            return (int) Math.min(left.toSeconds(), SessionDuration.LONGEST.seconds());
        }

        /**
         * STS itself ends a session where the assertion that it is shown says so, however soon that is. Any other end can
         * be told to it only as a duration, and that is at least 900 seconds, counted from when the call arrives.
         */
        boolean tooSoon() {
            Duration least = appliedBySts
                    ? Duration.ofSeconds(1)
                    : SessionDuration.SHORTEST.asDuration().plus(SessionPlan.WAY_TO_STS);
            return left.compareTo(least) < 0;
        }
    }
}
