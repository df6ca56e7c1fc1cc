package dev.credbroker.simulator.sts;

import static java.util.stream.Collectors.joining;

import dev.credbroker.simulator.http.WireRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A request in the one form that both sides of Signature Version 4 digest. */
record CanonicalRequest(WireRequest request, List<String> signedHeaders) {

    private static final Pattern BLANKS = Pattern.compile(" +");

    String text() {
        return String.join(
                "\n",
                request.method(),
                request.path(),
                query(),
                headers(),
                String.join(";", signedHeaders),
                Digests.sha256(request.body()));
    }

    private String query() {
        return Stream.of(request.query().split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(CanonicalRequest::canonicalPair)
                .sorted()
                .collect(joining("&"));
    }

    /** Every line ends in a newline, the last one too. */
    private String headers() {
        return signedHeaders.stream()
                .map(name -> name + ":" + value(name) + "\n")
                .collect(joining());
    }

    private String value(String name) {
        return request.header(name).stream()
                .map(value -> BLANKS.matcher(value.strip()).replaceAll(" "))
                .collect(joining(","));
    }

    private static String canonicalPair(String pair) {
        String[] parts = pair.split("=", 2);
        return encode(parts[0]) + "=" + (parts.length == 2 ? encode(parts[1]) : "");
    }

    /** Percent-encoding of RFC 3986, whatever the client had. */
    private static String encode(String text) {
        return URLEncoder.encode(URLDecoder.decode(text, StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
