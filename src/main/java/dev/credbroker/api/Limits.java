package dev.credbroker.api;

import java.time.Duration;

/**
 * How large and how slow a request may be. The server's own limits in {@code application.yaml} lie above these, so that
 * what is too large is answered here, with a body that says so.
 */
final class Limits {

    /** A request line with a role's ARN (2048 characters), every character of it percent-encoded. */
    static final int REQUEST_LINE = 8 * 1024;

    /** All header fields: a token of 20 000 characters and what clients add. */
    static final int HEAD = 32 * 1024;

    /** From the first byte of a head to its last. */
    static final Duration HEAD_TIME = Duration.ofSeconds(10);

    /** A body: 100 000 characters of base64, some of them percent-encoded. */
    static final int BODY = 192 * 1024;

    /** From the first byte of a body to its last. */
    static final Duration BODY_TIME = Duration.ofSeconds(10);

    /** Parameters of one request; there are seven names. */
    static final int PARAMETERS = 16;

    private Limits() {}
}
