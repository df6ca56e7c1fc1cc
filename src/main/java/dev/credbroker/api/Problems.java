package dev.credbroker.api;

import dev.credbroker.outcome.Refusal;
import dev.credbroker.session.DurationLimit;
import java.time.Duration;
import java.util.Map;

/** What a refusal looks like from outside. */
final class Problems {

    private static final String RETRY_AFTER = "Retry-After";

    private Problems() {}

    static Problem of(Refusal refusal) {
        String code = refusal.code();
        return switch (refusal) {
            case Refusal.Malformed malformed ->
                Problem.of(400, code, "The request cannot be understood", sentence(malformed.advice()));
            case Refusal.InvalidDuration invalid ->
                Problem.of(400, code, "The duration is not allowed", sentence(invalid.advice()));
            case Refusal.DurationExceedsMaximum excess -> tooLong(code, excess);
            case Refusal.PackedPolicyTooLarge large ->
                Problem.of(
                        400,
                        code,
                        "Tags and policies are too large",
                        "STS packs session tags and policies together and finds them too large: fewer or shorter ones fit.");
            case Refusal.Unverified unverified ->
                unauthorized(
                        code,
                        "The token is missing or cannot be verified",
                        "Send one token that a trusted identity provider issued for this broker.");
            case Refusal.TokenExpired expired ->
                unauthorized(code, "The token has expired", "Sign in again and send the new token.");
            case Refusal.RoleNotPermitted forbidden ->
                Problem.of(
                        403,
                        code,
                        "The role cannot be taken",
                        "GET or POST /v1/roles lists the roles that this identity may take.");
            case Refusal.DeniedBySts denied ->
                Problem.of(
                        403,
                        code,
                        "AWS refuses the role to this identity",
                        "The role's trust policy in AWS does not admit it: its owner can tell.");
            case Refusal.Throttled throttled ->
                retryable(429, code, "Too many requests", "Wait as Retry-After says.", throttled.retryAfter());
            case Refusal.Unavailable unavailable ->
                retryable(
                        503,
                        code,
                        "Something that is needed cannot be reached",
                        "Wait as Retry-After says.",
                        unavailable.retryAfter());
            case Refusal.OperatorFault fault -> Problem.internalError();
        };
    }

    private static Problem tooLong(String code, Refusal.DurationExceedsMaximum excess) {
        return new Problem(
                400,
                code,
                "The session cannot last that long",
                "At most %d seconds can be had, %s: ask for that or for max, or leave durationSeconds out."
                        .formatted(excess.longestSeconds(), why(excess.limit())),
                false,
                Map.of(),
                Map.of(
                        "maxDurationSeconds",
                        excess.longestSeconds(),
                        "limitedBy",
                        excess.limit().toString()));
    }

    private static String why(DurationLimit limit) {
        return switch (limit) {
            case ROLE -> "the role's maximum";
            case ROLE_CHAINING -> "since the broker's own AWS credentials are temporary (role chaining)";
            case ASSERTION -> "as the assertion's SessionDuration says";
            case TOKEN -> "since the session must end with the token";
            case AWS -> "the longest that AWS knows";
            case STS -> "as STS itself decided";
        };
    }

    private static Problem unauthorized(String code, String title, String detail) {
        return new Problem(401, code, title, detail, false, Map.of("WWW-Authenticate", "Bearer"), Map.of());
    }

    private static Problem retryable(int status, String code, String title, String detail, Duration after) {
        return new Problem(
                status,
                code,
                title,
                detail,
                true,
                Map.of(
                        RETRY_AFTER,
                        Long.toString(Math.max(1, after.plusMillis(999).toSeconds()))),
                Map.of());
    }

    private static String sentence(String advice) {
        return advice.endsWith(".") ? advice : advice + ".";
    }
}
