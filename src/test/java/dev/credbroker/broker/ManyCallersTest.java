package dev.credbroker.broker;

import static dev.credbroker.broker.BrokerWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credbroker.audit.AuditEvent;
import dev.credbroker.audit.AuditEvent.SessionGiven;
import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Outcome;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.idp.TokenDraft;
import dev.credbroker.sts.ExchangeFailed;
import dev.credbroker.sts.ExchangeFailure;
import dev.credbroker.sts.StsExchange;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two hundred people and twenty roles, asked for at random on several threads, while STS fails, memory is short and time
 * passes: what each is given is theirs. {@code -Dbroker.callers.requests=1000000} makes it as many requests.
 */
@Timeout(1800)
class ManyCallersTest {

    private static final int REQUESTS = Integer.getInteger("broker.callers.requests", 10_000);
    private static final int PEOPLE = 200;
    private static final int ROLES = 20;
    private static final int THREADS = 4;

    /** About a third of the sessions that are asked for. */
    private static final int MAXIMUM_SESSIONS = 1000;

    /** So many requests of one thread are a step of time: 60 steps at most, lest tokens and keys, good for a day, end. */
    private static final int EVERY = Math.max(1000, REQUESTS / 60) / THREADS;

    private static final Duration STEP = Duration.ofMinutes(20);

    private static final List<Duration> DURATIONS = List.of(Duration.ofMinutes(15), Duration.ofHours(2));
    /** The last where time has run past a session on its way to the caller. */
    private static final Set<String> BY_STS = Set.of(
            "ServiceUnavailable",
            "ThrottlingException",
            "AccessDenied",
            "InvalidToken",
            "TokenExpired",
            "DurationExceedsMaximum");

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private static final World WORLD = new World();

    private final Queue<String> mismatches = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<String, AtomicInteger> answers = new ConcurrentHashMap<>();

    /** By the session's name. */
    private final ConcurrentMap<String, String> owners = new ConcurrentHashMap<>();

    /** What somebody brings: good in every way, too late, or somebody else's claims under one's own signature. */
    private record Person(String subject, List<String> good, String expired, String forged) {}

    /** Whose session it is, as far as STS knows; the simulated key carries it. */
    private record Owner(String role, String name, String subject) {

        static Owner of(CredentialDocument credentials) {
            String[] parts = new JsonObject(credentials.json().reveal())
                    .getString("SecretAccessKey")
                    .split("\n", -1);
            return new Owner(parts[0], parts[1], parts[2]);
        }

        Secret secret() {
            return Secret.of(role + '\n' + name + '\n' + subject);
        }
    }

    @Test
    void everyAnswer_amongManyCallers_isTheCallersOwn() throws InterruptedException {
        List<Person> people = people();
        try (BrokerWorld world = draft().warm()) {
            List<Thread> threads = IntStream.range(0, THREADS)
                    .mapToObj(number -> Thread.ofPlatform().start(() -> ask(world, people, number)))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(mismatches).isEmpty();
        assertThat(owners).hasSizeGreaterThan(PEOPLE / 2);
        assertThat(owners.values()).doesNotHaveDuplicates();
        assertThat(answers.values().stream().mapToInt(AtomicInteger::get).sum())
                .isEqualTo(REQUESTS / THREADS * THREADS);
        assertThat(answers)
                .containsKeys("hit", "miss", "renewed", "RoleNotPermitted", "TokenExpired", "InvalidToken")
                .containsKeys("ServiceUnavailable", "ThrottlingException", "AccessDenied");
    }

    private BrokerWorld.Draft draft() {
        BrokerWorld.Draft draft = BrokerWorld.of(WORLD)
                .exchange(new FickleSts())
                .audit(this::isTrue)
                .maximumSessions(MAXIMUM_SESSIONS);
        for (int i = 0; i < ROLES; i++) {
            String operation = i % 2 == 0 ? "assume-role" : "assume-role-with-web-identity";
            draft.role("role-" + i, arn(i), operation)
                    .with("role-" + i, "max-duration", "PT4H")
                    .with("role-" + i, "admit[0].match.groups.any-of", "group-" + i);
        }
        return draft;
    }

    private static String arn(int role) {
        return "arn:aws:iam::123456789012:role/Role-" + role;
    }

    private static boolean isMember(int person, int role) {
        return (person + role) % 4 != 0;
    }

    private static List<Person> people() {
        List<TokenDraft> drafts = new ArrayList<>();
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            drafts.add(token(i, WORLD.clock().instant())
                    .expires(WORLD.clock().instant().plus(Duration.ofHours(24))));
        }
        List<String> tokens = drafts.stream().map(TokenDraft::sign).toList();
        for (int i = 0; i < PEOPLE; i++) {
            String another = drafts.get(i).claim("jti", "another").sign();
            String expired = token(i, WORLD.clock().instant().minus(Duration.ofHours(3)))
                    .expires(WORLD.clock().instant().minus(Duration.ofHours(1)))
                    .sign();
            people.add(new Person(
                    subject(i),
                    List.of(tokens.get(i), another),
                    expired,
                    claims(tokens.get((i + 1) % PEOPLE)) + signature(tokens.get(i))));
        }
        return people;
    }

    private static TokenDraft token(int person, Instant issued) {
        List<String> groups = IntStream.range(0, ROLES)
                .filter(role -> isMember(person, role))
                .mapToObj(role -> "group-" + role)
                .toList();
        return WORLD.token().subject(subject(person)).claim("groups", groups).issuedAt(issued);
    }

    /** Ten at a time are easily taken for one another. */
    private static String subject(int person) {
        int number = person / 10;
        return switch (person % 10) {
            case 0 -> "user " + number;
            case 1 -> "user/" + number;
            case 2 -> "user|" + number;
            case 3 -> "user_" + number;
            case 4 -> "User " + number;
            case 5 -> "us\u00E9r " + number;
            case 6 -> "use\u0301r " + number;
            case 7 -> "user\u00A0" + number;
            case 8 -> "user ".repeat(20) + number;
            default -> "user ".repeat(20) + ' ' + number;
        };
    }

    private static String claims(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.'));
    }

    private void ask(BrokerWorld world, List<Person> people, int thread) {
        SplittableRandom random = new SplittableRandom(thread);
        int requests = REQUESTS / THREADS;
        for (int i = 1; i <= requests; i++) {
            try {
                ask(world.broker, people, random);
            } catch (RuntimeException e) {
                mismatches.add("threw " + e);
            }
            if (thread == 0 && i % EVERY == 0) {
                world.pass(STEP);
            }
        }
    }

    private void ask(CredentialBroker broker, List<Person> people, SplittableRandom random) {
        // The smaller of two: some are asked for often, some hardly ever.
        int who = Math.min(random.nextInt(PEOPLE), random.nextInt(PEOPLE));
        int role = random.nextInt(ROLES);
        Person person = people.get(who);
        RequestedDuration duration = random.nextInt(10) > 0
                ? new RequestedDuration.Unsaid()
                : new RequestedDuration.Named(SessionDuration.of(DURATIONS.get(random.nextInt(DURATIONS.size()))));
        switch (random.nextInt(20)) {
            case 0 -> refused(ask(broker, person.forged(), role, duration), "InvalidToken");
            case 1 -> refused(ask(broker, person.expired(), role, duration), "TokenExpired");
            default -> {
                Outcome outcome = ask(broker, person.good().get(random.nextInt(2)), role, duration);
                if (isMember(who, role)) {
                    own(outcome, person, role);
                } else {
                    refused(outcome, "RoleNotPermitted");
                }
            }
        }
    }

    private Outcome ask(CredentialBroker broker, String token, int role, RequestedDuration duration) {
        CredentialRequest request = request(token, "role-" + role, duration);
        Outcome outcome = broker.held(request).orElseGet(() -> broker.obtain(request));
        String answer = switch (outcome) {
            case Issued issued -> issued.source().toString();
            case Refusal refusal -> refusal.code();
        };
        answers.computeIfAbsent(answer, _ -> new AtomicInteger()).incrementAndGet();
        return outcome;
    }

    private void refused(Outcome outcome, String code) {
        match(outcome instanceof Refusal refusal && refusal.code().equals(code), code + " expected, not " + outcome);
    }

    /** STS may fail; if it does not, it is this person's session of this role, and is called what nobody else's is. */
    private void own(Outcome outcome, Person person, int role) {
        switch (outcome) {
            case Issued issued -> {
                Owner owner = Owner.of(issued.credentials());
                String other = owners.putIfAbsent(owner.name(), person.subject());
                match(
                        owner.role().equals(arn(role))
                                && issued.role().toString().equals(arn(role))
                                && owner.subject().equals(person.subject())
                                && (other == null || other.equals(person.subject()))
                                && issued.remaining().isPositive(),
                        person.subject() + " was given what is " + owner);
            }
            case Refusal refusal ->
                match(BY_STS.contains(refusal.code()), person.subject() + " was refused: " + refusal);
        }
    }

    private void match(boolean matches, String otherwise) {
        if (!matches) {
            mismatches.add(otherwise);
        }
    }

    /** The audit log says whose it was. */
    private boolean isTrue(AuditEvent event) {
        if (event instanceof SessionGiven given) {
            Owner owner = Owner.of(given.issued().credentials());
            match(owner.subject().equals(given.who().subject()), given.who() + " is said to have what is " + owner);
        }
        return true;
    }

    /** Fails one time in eight; else it gives a session to whom the token names, whatever else the plan says. */
    private static final class FickleSts implements StsExchange {

        private static final List<ExchangeFailure> FAILURES = List.of(
                new ExchangeFailure.Unavailable(),
                new ExchangeFailure.Throttled(),
                new ExchangeFailure.Denied(),
                new ExchangeFailure.ProofRefused(),
                new ExchangeFailure.ProofExpired());

        private final AtomicInteger issued = new AtomicInteger();

        @Override
        public SessionCredentials exchange(SessionPlan plan) {
            int luck = ThreadLocalRandom.current().nextInt(8 * FAILURES.size());
            if (luck < FAILURES.size()) {
                throw new ExchangeFailed(FAILURES.get(luck));
            }
            Owner owner = new Owner(
                    plan.spec().role().toString(),
                    plan.spec().sessionName().orElseThrow().text(),
                    subject(plan.proof().text().reveal()));
            return new SessionCredentials(
                    "ASIATEST" + issued.incrementAndGet(),
                    owner.secret(),
                    Secret.of("session token"),
                    WORLD.clock().instant().plus(plan.duration().granted()).truncatedTo(ChronoUnit.SECONDS),
                    plan.spec().role().account());
        }

        private static String subject(String token) {
            try {
                byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
                return JSON.readTree(claims).path("sub").asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
