package dev.credbroker.api;

import dev.credbroker.outcome.Issued;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Credentials as an answer: the document, and in the headers what became of the request. */
final class CredentialsJson {

    /** Exactly this, without {@code charset}: the AWS SDK for Go compares it as a text. */
    static final String MEDIA_TYPE = "application/json";

    private CredentialsJson() {}

    static Answer answer(Issued issued) {
        return new Answer(
                200,
                Map.of(
                        "Content-Type", MEDIA_TYPE,
                        "Cache-Status", cacheStatus(issued),
                        "Broker-Duration", issued.duration().toString()),
                issued.credentials().json().reveal().getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 9211: what the cache did, and for how many seconds the session still lasts. */
    private static String cacheStatus(Issued issued) {
        String ttl = "; ttl=" + issued.remaining().toSeconds();
        return "credential-broker; "
                + switch (issued.source()) {
                    case HIT -> "hit" + ttl;
                    case ADOPTED -> "hit" + ttl + "; detail=shared";
                    case KEPT ->
                        "hit" + ttl + "; detail=not-renewed"
                                + issued.notRenewed()
                                        .map(reason -> ":" + reason)
                                        .orElse("");
                    case MISS -> "fwd=miss; " + stored(issued) + ttl;
                    case RENEWED -> "fwd=stale; " + stored(issued) + ttl;
                };
    }

    private static String stored(Issued issued) {
        return issued.shared() ? "collapsed" : "stored";
    }
}
