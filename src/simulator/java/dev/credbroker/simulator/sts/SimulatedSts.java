package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.Endpoint;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.FaultScript;
import dev.credbroker.simulator.http.Reply;
import dev.credbroker.simulator.http.WireRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * AWS STS behind one endpoint for all regions and partitions: the query protocol, AWS's rules and AWS's errors.
 *
 * <p>Nothing exists until it is registered: roles with their trust, identity providers, access keys.
 */
public final class SimulatedSts implements Endpoint {

    private final InstantSource clock;
    private final AccessKeys keys = new AccessKeys();
    private final Roles roles = new Roles();
    private final Map<String, SamlProvider> samlProviders = new ConcurrentHashMap<>();
    private final Map<String, OidcProvider> oidcProviders = new ConcurrentHashMap<>();
    private final SessionIssuer issuer = new SessionIssuer(keys);
    private final FaultScript faults = new FaultScript();
    private final CallLog log = new CallLog();
    private final Map<String, StsAction> actions;

    /**
     * An STS that knows nobody yet.
     *
     * @param clock by which proofs and sessions expire
     * @param signingClock by which signatures of requests do: the wall clock, unless the SDK's own is turned too
     */
    public SimulatedSts(InstantSource clock, InstantSource signingClock) {
        this.clock = clock;
        Authenticator authenticator = new Authenticator(keys, clock, signingClock);
        this.actions = Map.of(
                "AssumeRole",
                new AssumeRole(authenticator, roles, issuer, clock),
                "AssumeRoleWithSAML",
                new AssumeRoleWithSaml(samlProviders, roles, issuer, clock),
                "AssumeRoleWithWebIdentity",
                new AssumeRoleWithWebIdentity(new WebIdentityVerifier(oidcProviders, clock), roles, issuer, clock),
                "GetCallerIdentity",
                new GetCallerIdentity(authenticator));
    }

    /** Creates a role, or replaces the one of the same ARN. */
    public void role(StsRole role) {
        roles.add(role);
    }

    /** A role with its {@code MaxSessionDuration} and those who may assume it. */
    public void role(String arn, Duration maxSessionDuration, Trust... trusts) {
        role(StsRole.of(arn, maxSessionDuration, trusts));
    }

    /**
     * Creates a SAML provider, or replaces the one of the same ARN.
     *
     * @param entityId what the provider's responses have as {@code Issuer}
     */
    public void samlProvider(String arn, Collection<X509Certificate> certificates, String entityId) {
        samlProviders.put(arn, new SamlProvider(arn, List.copyOf(certificates), entityId));
    }

    /** Creates an OpenID Connect provider, in every account at once. */
    public void oidcProvider(String openIdIssuer, Set<String> audiences, OidcKeys signingKeys) {
        oidcProviders.put(openIdIssuer, new OidcProvider(openIdIssuer, audiences, signingKeys));
    }

    /** A user's key. */
    public void accessKey(String id, String secret) {
        accessKey(AccessKey.longTerm(id, secret));
    }

    /** Temporary credentials from elsewhere: whatever role they assume is chained. */
    public void accessKey(String id, String secret, String sessionToken) {
        accessKey(AccessKey.temporary(id, secret, sessionToken));
    }

    public void accessKey(AccessKey key) {
        keys.add(key);
    }

    /** From now on the key is unknown, whether it was registered or issued. */
    public void revoke(String accessKeyId) {
        keys.remove(accessKeyId);
    }

    /** What goes wrong with the coming requests; {@link StsFaults} has STS's own ways. */
    public FaultScript faults() {
        return faults;
    }

    /** Changes what clients are told of their sessions, to see whether they look: another role, another expiration. */
    public void tell(UnaryOperator<IssuedSession> change) {
        issuer.tell(change);
    }

    /** Back to telling the truth. */
    public void tellTheTruth() {
        issuer.tell(UnaryOperator.identity());
    }

    /** The requests that were answered, or cut off, so far. */
    public List<StsCall> calls() {
        return log.calls();
    }

    /** Drops the records, which a load test would drown in; the counters that can be awaited go on. */
    public void forgetCalls() {
        log.forget();
    }

    public List<StsCall> calls(String action) {
        return calls().stream().filter(call -> call.action().equals(action)).toList();
    }

    /** How many requests have arrived, answered or not. */
    public int arrivals() {
        return log.arrivals().count();
    }

    /** How many requests have been answered, or cut off; unlike the records these are never forgotten. */
    public int answered() {
        return log.answers().count();
    }

    /** Waits until this many requests have arrived since the start; held ones count. */
    public void awaitArrivals(int count, Duration timeout) {
        log.arrivals().await(count, timeout);
    }

    /** Waits until this many requests have been answered since the start. */
    public List<StsCall> awaitCalls(int count, Duration timeout) {
        log.answers().await(count, timeout);
        return calls();
    }

    @Override
    public Optional<Fault> arrive() {
        log.arrivals().increment();
        return faults.draw();
    }

    @Override
    public Reply answer(WireRequest request, Optional<Fault> fault) {
        Parameters parameters = Parameters.of(request.parameters());
        return switch (fault.orElse(null)) {
            case Fault.Instead(String name, Reply reply) -> {
                record(request, parameters, name, Optional.empty());
                yield reply;
            }
            case Fault.Cut _ -> {
                record(request, parameters, "Cut", Optional.empty());
                yield Reply.text(500, "");
            }
            case null -> honest(request, parameters);
            case Fault.Delay _, Fault.Hold _, Fault.Truncate _, Fault.Stall _ -> honest(request, parameters);
        };
    }

    private Reply honest(WireRequest request, Parameters parameters) {
        String requestId = UUID.randomUUID().toString();
        try {
            StsAction.Result result = action(parameters).perform(request, parameters);
            record(request, parameters, StsCall.SUCCESS, result.issuedAccessKeyId());
            return StsXml.success(parameters.action(), requestId, result.xml());
        } catch (StsRejection e) {
            record(request, parameters, e.error().code(), Optional.empty());
            return e.error().reply(requestId);
        }
    }

    private StsAction action(Parameters parameters) {
        return Optional.ofNullable(actions.get(parameters.action()))
                .orElseThrow(() -> new StsRejection(StsError.invalidAction(parameters.action())));
    }

    private void record(WireRequest request, Parameters parameters, String outcome, Optional<String> issued) {
        Optional<Authorization> authorization = Authorization.of(request);
        log.add(new StsCall(
                parameters.action(),
                parameters.values(),
                authorization.map(Authorization::accessKeyId),
                authorization.map(Authorization::region),
                outcome,
                issued,
                clock.instant()));
    }
}
