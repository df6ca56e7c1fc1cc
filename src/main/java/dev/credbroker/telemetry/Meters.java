package dev.credbroker.telemetry;

/**
 * The names of meters and of their labels. Every label has a closed set of values: a subject, a path or a key id is
 * never one.
 */
public final class Meters {

    /** Counts answers by {@link #CODE} and {@link #SOURCE}. */
    public static final String ANSWERS = "broker.answers";

    /** Times calls to STS by {@link #OPERATION}, {@link #REGION} and {@link #RESULT}. */
    public static final String STS_CALLS = "broker.sts.calls";

    /** Counts calls that were not made, by {@link #REGION} and {@link #REASON}: over the budget, or the circuit is open. */
    public static final String STS_HELD_BACK = "broker.sts.held.back";

    /** Counts what only the operator can mend, by {@link #FAULT}: worth an alarm from the first on. */
    public static final String OPERATOR_FAULTS = "broker.operator.faults";

    /** How many sessions are held. */
    public static final String SESSIONS = "broker.cache.sessions";

    /** Times what is asked of the store that replicas share, by {@link #COMMAND} and {@link #RESULT}. */
    public static final String STORE_COMMANDS = "broker.store.commands";

    /** 1 while the store that replicas share is asked, 0 while it is left alone since it fails. */
    public static final String STORE_REACHABLE = "broker.store.reachable";

    /** 1 while a provider's proofs can be verified, else 0, by {@link #PROVIDER}. */
    public static final String PROVIDER_USABLE = "broker.provider.usable";

    /** 1 while anything around the broker is in trouble that health tells of as data, else 0. */
    public static final String DEGRADED = "broker.degraded";

    /** Seconds since an issuer's keys were fetched, by {@link #ISSUER}. */
    public static final String JWKS_AGE = "broker.jwks.age";

    /** 1 while the last call to a region's STS reached it, else 0, by {@link #REGION}. */
    public static final String STS_REACHABLE = "broker.sts.reachable";

    /** Counts audit lines that were lost. */
    public static final String AUDIT_LOST = "broker.audit.lost";

    public static final String CODE = "code";
    public static final String SOURCE = "source";
    public static final String COMMAND = "command";
    public static final String OPERATION = "operation";
    public static final String REGION = "region";
    public static final String RESULT = "result";
    public static final String REASON = "reason";
    public static final String FAULT = "fault";
    public static final String PROVIDER = "provider";
    public static final String ISSUER = "issuer";

    private Meters() {}
}
