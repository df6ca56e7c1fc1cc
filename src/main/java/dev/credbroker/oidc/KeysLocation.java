package dev.credbroker.oidc;

import dev.credbroker.configuration.WebAddress;

/** How the address of an issuer's keys is known. */
@FunctionalInterface
interface KeysLocation {

    WebAddress find(HttpGet http) throws KeysFetchException;

    /** As the configuration says. */
    static KeysLocation at(WebAddress address) {
        return _ -> address;
    }
}
