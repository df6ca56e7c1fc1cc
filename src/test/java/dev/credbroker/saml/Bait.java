package dev.credbroker.saml;

import dev.credbroker.simulator.Decoy;

/** The address that attackers' documents point to. */
public final class Bait {

    private static final Decoy DECOY = new Decoy();

    private Bait() {}

    /** How often anybody has come, by whatever protocol. */
    public static int connections() {
        return DECOY.connections();
    }

    static String url(String scheme) {
        return scheme + "://127.0.0.1:" + DECOY.port() + "/bait";
    }
}
