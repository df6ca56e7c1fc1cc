package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.WireRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;

/** Whose signature is on this request? Signature Version 4 in the {@code Authorization} header. */
final class Authenticator {

    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final AccessKeys keys;
    private final InstantSource clock;
    private final InstantSource signingClock;

    /**
     * @param clock by which keys expire
     * @param signingClock by which signatures are old: that of the signing SDK, which follows no test's clock
     */
    Authenticator(AccessKeys keys, InstantSource clock, InstantSource signingClock) {
        this.keys = keys;
        this.clock = clock;
        this.signingClock = signingClock;
    }

    AccessKey authenticate(WireRequest request) {
        Authorization authorization = authorization(request);
        AccessKey key = keys.find(authorization.accessKeyId())
                .filter(found -> found.sessionToken().equals(request.firstHeader("X-Amz-Security-Token")))
                .orElseThrow(() -> new StsRejection(StsError.invalidClientToken()));
        checkSignature(request, authorization, key);
        if (key.expired(clock.instant())) {
            throw new StsRejection(StsError.expiredClientToken());
        }
        return key;
    }

    private static Authorization authorization(WireRequest request) {
        Authorization authorization = Authorization.of(request)
                .orElseThrow(() -> new StsRejection(
                        request.header("Authorization").isEmpty()
                                ? StsError.missingAuthentication()
                                : StsError.incompleteSignature("Authorization header cannot be read")));
        if (!authorization.signedHeaders().contains("host")) {
            throw new StsRejection(StsError.signatureDoesNotMatch("'Host' must be a 'SignedHeader'"));
        }
        return authorization;
    }

    private void checkSignature(WireRequest request, Authorization authorization, AccessKey key) {
        if (!authorization.service().equals("sts")) {
            throw mismatch("Credential should be scoped to correct service: 'sts'.");
        }
        String date = date(request, authorization);
        String expected = sign(
                key,
                authorization,
                String.join(
                        "\n",
                        Authorization.ALGORITHM,
                        date,
                        authorization.scope(),
                        Digests.sha256(new CanonicalRequest(request, authorization.signedHeaders()).text())));
        if (!MessageDigest.isEqual(Digests.bytes(expected), Digests.bytes(authorization.signature()))) {
            throw mismatch("The request signature we calculated does not match the signature you provided."
                    + " Check your AWS Secret Access Key and signing method.");
        }
    }

    private String date(WireRequest request, Authorization authorization) {
        String date = request.firstHeader("X-Amz-Date").orElse("");
        Instant signed = parse(date)
                .orElseThrow(
                        () -> new StsRejection(StsError.incompleteSignature("X-Amz-Date is missing or malformed")));
        if (!date.startsWith(authorization.date())) {
            throw mismatch("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
        }
        if (Duration.between(signed, signingClock.instant()).abs().compareTo(TOLERANCE) > 0) {
            throw mismatch("Signature expired: " + date + " is not within 15 minutes of now");
        }
        return date;
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(AMZ_DATE.parse(date, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String sign(AccessKey key, Authorization authorization, String text) {
        byte[] signing = Digests.bytes("AWS4" + key.secret());
        for (String part : authorization.scope().split("/", -1)) {
            signing = Digests.hmac(signing, part);
        }
        return HexFormat.of().formatHex(Digests.hmac(signing, text));
    }

    private static StsRejection mismatch(String message) {
        return new StsRejection(StsError.signatureDoesNotMatch(message));
    }
}
