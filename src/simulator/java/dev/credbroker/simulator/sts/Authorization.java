package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.WireRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a Signature Version 4 {@code Authorization} header. */
record Authorization(
        String accessKeyId, String date, String region, String service, List<String> signedHeaders, String signature) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final Pattern HEADER = Pattern.compile(ALGORITHM
            + " Credential=([^/,\\s]+)/(\\d{8})/([^/,\\s]+)/([^/,\\s]+)/aws4_request,\\s*"
            + "SignedHeaders=([a-z0-9;-]+),\\s*Signature=([0-9a-f]{64})");

    /** Absent without such a header, and where it is malformed. */
    static Optional<Authorization> of(WireRequest request) {
        return request.firstHeader("Authorization")
                .map(HEADER::matcher)
                .filter(Matcher::matches)
                .map(header -> new Authorization(
                        header.group(1),
                        header.group(2),
                        header.group(3),
                        header.group(4),
                        List.of(header.group(5).split(";", -1)),
                        header.group(6)));
    }

    String scope() {
        return date + "/" + region + "/" + service + "/aws4_request";
    }
}
