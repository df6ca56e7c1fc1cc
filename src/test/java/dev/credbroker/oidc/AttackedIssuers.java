package dev.credbroker.oidc;

import dev.credbroker.simulator.Decoy;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The issuers that attacks are aimed at, on one loopback socket, each with keys and settings of its own. */
public final class AttackedIssuers implements AutoCloseable {

    /** With keys of every kind and nothing but defaults. */
    public static final String TARGET = "target";

    /** Trusted as well, with other keys. */
    static final String PARTNER = "sister";

    static final String ID_TOKENS = "id-tokens";
    static final String ACCESS_TOKENS = "access-tokens";
    static final String NAMED_PARTIES = "named-parties";

    /** With one good key, until it is turned. */
    public static final String FADING = "fading";

    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            TARGET, Map.of("aws-audiences", "sts.amazonaws.com"),
            ID_TOKENS, Map.of("typ", "absent,JWT"),
            ACCESS_TOKENS, Map.of("typ", "at+jwt"),
            NAMED_PARTIES, Map.of("authorized-parties", "uploader"));

    private final InstantSource clock;
    private final TestIdentityProvider server = new TestIdentityProvider();
    private final Decoy decoy = new Decoy();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, List<Map<String, Object>>> keySets = new LinkedHashMap<>(KeyAttacks.keySets());

    public AttackedIssuers(InstantSource clock) {
        this.clock = clock;
        keySets.put(
                TARGET,
                List.of(
                        TestKey.RSA.jwk(),
                        TestKey.EC.jwk(),
                        TestKey.EC384.jwk(),
                        TestKey.EC521.jwk(),
                        TestKey.ED.jwk()));
        keySets.put(PARTNER, List.of(TestKey.OTHER_RSA.jwk()));
        for (String name : List.of(ID_TOKENS, ACCESS_TOKENS, NAMED_PARTIES, FADING)) {
            keySets.put(name, List.of(TestKey.RSA.jwk()));
        }
        keySets.forEach((name, keys) -> server.answer(page(name), TestIdentityProvider.keySet(keys)));
        for (HostileKeySet hostile : HostileKeySet.values()) {
            turn(hostile.issuer(), hostile);
        }
    }

    /** Their names in the configuration. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(keySets.keySet());
        Stream.of(HostileKeySet.values()).map(HostileKeySet::issuer).forEach(names::add);
        return names;
    }

    /** What the broker must be configured with to trust them. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        for (String name : names()) {
            Map<String, String> settings = new HashMap<>(SETTINGS.getOrDefault(name, Map.of()));
            settings.put("issuer", issuer(name));
            settings.put("jwks-uri", server.issuer() + page(name));
            settings.put("audiences", "credential-broker");
            settings.forEach((setting, value) -> properties.put("broker.issuers." + name + "." + setting, value));
        }
        return properties;
    }

    /** A good token of a subject that nobody else has. */
    public TestToken token(String name, TestKey key) {
        return TestToken.of(issuer(name), key)
                .with("sub", UUID.randomUUID().toString())
                .with("iat", clock.instant())
                .with("exp", clock.instant().plusSeconds(3600));
    }

    public List<JwtAttack> attacks() {
        return AttackTable.upon(this);
    }

    /** From now on that is what comes in place of its keys. */
    public void turn(String name, HostileKeySet hostile) {
        server.on(page(name), exchange -> hostile.answer(exchange, decoy, end));
    }

    /** How often its keys were asked for. */
    public int fetches(String name) {
        return server.requests(page(name));
    }

    public Decoy decoy() {
        return decoy;
    }

    @Override
    public void close() {
        end.countDown();
        server.close();
        decoy.close();
    }

    String issuer(String name) {
        return server.issuer() + "/" + name;
    }

    private static String page(String name) {
        return "/keys/" + name;
    }
}
