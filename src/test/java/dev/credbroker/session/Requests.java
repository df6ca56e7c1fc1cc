package dev.credbroker.session;

import dev.credbroker.authorization.Authorizer;
import dev.credbroker.authorization.Decision.Granted;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.identity.Identities;
import dev.credbroker.roles.Catalogues;
import dev.credbroker.roles.RoleDraft;
import dev.credbroker.session.OwnCredentials.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A permitted request, and the planner that answers it at {@link Identities#NOW}. */
final class Requests {

    private final Granted granted;
    private final OwnCredentials own;
    private RequestedDuration requested = new RequestedDuration.Unsaid();
    private Optional<Duration> minRemaining = Optional.empty();

    private Requests(RoleDraft role, Identities identity, OwnCredentials own) {
        this.granted = (Granted) new Authorizer(Catalogues.of(Map.of("role", role)))
                .decide(identity.verified(), role.arn().orElseThrow());
        this.own = own;
    }

    /** To a broker with lasting keys. */
    static Requests of(RoleDraft role, Identities identity) {
        return of(role, identity, Optional.of(Kind.LASTING));
    }

    static Requests of(RoleDraft role, Identities identity, Optional<Kind> known) {
        return new Requests(role, identity, new OwnCredentials() {
            @Override
            public Optional<Kind> known() {
                return known;
            }

            @Override
            public Optional<Kind> lookUp() {
                return known;
            }
        });
    }

    Requests named(int seconds) {
        requested = new RequestedDuration.Named(new SessionDuration(seconds));
        return this;
    }

    Requests longest() {
        requested = new RequestedDuration.Longest();
        return this;
    }

    Requests minRemaining(long seconds) {
        minRemaining = Optional.of(Duration.ofSeconds(seconds));
        return this;
    }

    Planning plan() {
        return new SessionPlanner(own, () -> Identities.NOW).plan(granted, requested, minRemaining);
    }

    Planning planBlocking() {
        return new SessionPlanner(own, () -> Identities.NOW).planBlocking(granted, requested, minRemaining);
    }

    SessionPlan planned() {
        if (plan() instanceof Planning.Planned(SessionPlan plan)) {
            return plan;
        }
        throw new AssertionError("not planned: " + plan());
    }

    /** As {@code Broker-Duration} tells it. */
    String duration() {
        return planned().duration().toString();
    }

    /** As it is listed, without a proof. */
    SessionDuration longestOfTheRole() {
        return new SessionPlanner(own, () -> Identities.NOW).longest(granted.role());
    }

    static Instant in(long seconds) {
        return Identities.NOW.plusSeconds(seconds);
    }
}
