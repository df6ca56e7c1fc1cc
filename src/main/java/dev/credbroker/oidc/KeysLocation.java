package dev.credbroker.oidc;

/** How the address of an issuer's keys is known. */
@FunctionalInterface
interface KeysLocation {

    WebAddress find(HttpGet http) throws KeysFetchException;

    /** As the configuration says. */
    static KeysLocation at(WebAddress address) {
        return _ -> address;
    }
}
