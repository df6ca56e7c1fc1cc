package dev.credbroker.simulator;

import dev.credbroker.simulator.http.Endpoint;
import dev.credbroker.simulator.http.LoopbackServer;
import dev.credbroker.simulator.idp.JwtAlgorithm;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import dev.credbroker.simulator.sts.OidcKeys;
import dev.credbroker.simulator.sts.SimulatedSts;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** STS at {@code /} and identity providers at {@code /idp/NAME}, on one port of 127.0.0.1. */
public final class Simulator implements AutoCloseable {

    private static final String PROVIDERS = "/idp/";
    private static final String DEFAULT_PROVIDER = "corp";

    private final InstantSource clock;
    private final SimulatedSts sts;
    private final Map<String, SimulatedIdentityProvider> providers = new ConcurrentHashMap<>();
    private final LoopbackServer server;

    /** On any free port, with signatures of requests judged by the wall clock, as the SDK makes them. */
    public Simulator(InstantSource clock) {
        this(0, clock, InstantSource.system());
    }

    /**
     * @param port 0 for any free one
     * @param clock by which tokens, assertions and sessions are issued and expire
     * @param signingClock by which signatures of requests are too old
     */
    public Simulator(int port, InstantSource clock, InstantSource signingClock) {
        this.clock = clock;
        this.sts = new SimulatedSts(clock, signingClock);
        this.server = new LoopbackServer(port, this::endpoint);
    }

    /** Without a slash at the end; this is STS's endpoint too. */
    public String url() {
        return server.url();
    }

    public SimulatedSts sts() {
        return sts;
    }

    /** The one that most tests need. */
    public SimulatedIdentityProvider identityProvider() {
        return identityProvider(DEFAULT_PROVIDER);
    }

    /** Creates the provider when it is first asked for. */
    public SimulatedIdentityProvider identityProvider(String name) {
        return identityProvider(name, SimulatedIdentityProvider.USUAL_ALGORITHMS);
    }

    /**
     * Creates the provider when it is first asked for.
     *
     * @param algorithms those that it has keys for, if this creates it
     */
    public SimulatedIdentityProvider identityProvider(String name, Set<JwtAlgorithm> algorithms) {
        return providers.computeIfAbsent(
                name, _ -> new SimulatedIdentityProvider(name, url() + PROVIDERS + name, algorithms, clock));
    }

    /** Registers the provider with STS for these audiences; STS follows its keys without fetching them. */
    public void registerOidc(SimulatedIdentityProvider provider, String... audiences) {
        sts.oidcProvider(provider.issuer(), Set.of(audiences), OidcKeys.of(provider::jwks));
    }

    /** Registers the provider with STS under an ARN, with the certificates of now: after a rotation, register again. */
    public void registerSaml(SimulatedIdentityProvider provider, String providerArn) {
        sts.samlProvider(providerArn, provider.certificates(), provider.entityId());
    }

    /** Lets every held request go, then stops. */
    @Override
    public void close() {
        sts.faults().clear();
        providers.values().forEach(SimulatedIdentityProvider::clearFaults);
        server.close();
    }

    private Optional<Endpoint> endpoint(String path) {
        if (path.equals("/")) {
            return Optional.of(sts);
        }
        int end = path.indexOf('/', PROVIDERS.length());
        if (!path.startsWith(PROVIDERS) || end < 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(providers.get(path.substring(PROVIDERS.length(), end)))
                .flatMap(provider -> provider.endpoint(path.substring(end)));
    }
}
