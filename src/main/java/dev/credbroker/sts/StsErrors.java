package dev.credbroker.sts;

import dev.credbroker.aws.SessionDuration;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.session.DurationLimit;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.DurationRefused;
import dev.credbroker.sts.ExchangeFailure.Fault;
import dev.credbroker.sts.ExchangeFailure.IssuerUnreachable;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import dev.credbroker.sts.ExchangeFailure.PackedPolicyTooLarge;
import dev.credbroker.sts.ExchangeFailure.ProofExpired;
import dev.credbroker.sts.ExchangeFailure.ProofRefused;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says what an error of the SDK means.
 *
 * <p>By STS's error code. Two codes mean two things each, which only STS's words tell apart: {@code ValidationError}
 * (the duration, or something that we should never have sent) and {@code InvalidIdentityToken} (the token, or STS's own
 * failure to fetch the issuer's keys).
 */
final class StsErrors {

    private static final String KEY_NOT_RETRIEVED = "Couldn't retrieve verification key";
    private static final String ABOVE_ROLE_MAXIMUM = "MaxSessionDuration";
    private static final String ABOVE_CHAINING_MAXIMUM = "1 hour session limit";
    private static final int SERVER_ERROR = 500;

    private StsErrors() {}

    static ExchangeFailure classify(SdkException error, StsOperation operation) {
        return switch (error) {
            case AwsServiceException refused -> ofService(refused, operation);
            // No answer at all: the time was over, or the connection was refused or cut.
            default -> new Unavailable();
        };
    }

    private static ExchangeFailure ofService(AwsServiceException error, StsOperation operation) {
        return switch (code(error)) {
            case "AccessDenied", "AccessDeniedException" -> new Denied();
            case "ExpiredTokenException", "ExpiredToken" ->
                operation.passesProofOn() ? new ProofExpired() : new Misconfigured(Fault.OWN_CREDENTIALS_REFUSED);
            case "InvalidIdentityToken" ->
                says(error, KEY_NOT_RETRIEVED) ? new IssuerUnreachable() : new ProofRefused();
            case "IDPRejectedClaim", "AuthSamlInvalidSamlResponseException" -> new ProofRefused();
            case "IDPCommunicationError" -> new IssuerUnreachable();
            case "ValidationError" -> ofValidation(error);
            case "PackedPolicyTooLarge", "PackedPolicyTooLargeException" -> new PackedPolicyTooLarge();
            case "MalformedPolicyDocument", "MalformedPolicyDocumentException" ->
                new Misconfigured(Fault.MALFORMED_POLICY);
            case "RegionDisabledException" -> new Misconfigured(Fault.REGION_DISABLED);
            case "InvalidClientTokenId", "SignatureDoesNotMatch", "UnrecognizedClientException" ->
                new Misconfigured(Fault.OWN_CREDENTIALS_REFUSED);
            default -> ofStatus(error);
        };
    }

    private static ExchangeFailure ofStatus(AwsServiceException error) {
        if (error.isThrottlingException()) {
            return new Throttled();
        }
        return error.statusCode() >= SERVER_ERROR ? new Unavailable() : new Misconfigured(Fault.UNKNOWN_ERROR);
    }

    /** Below one hour no role's maximum can lie, so that one hour is what surely can be had. */
    private static ExchangeFailure ofValidation(AwsServiceException error) {
        if (says(error, ABOVE_CHAINING_MAXIMUM)) {
            return new DurationRefused(SessionDuration.LONGEST_CHAINED.seconds(), DurationLimit.ROLE_CHAINING);
        }
        return says(error, ABOVE_ROLE_MAXIMUM)
                ? new DurationRefused(SessionDuration.LONGEST_CHAINED.seconds(), DurationLimit.STS)
                : new Misconfigured(Fault.REQUEST_REFUSED);
    }

    private static String code(AwsServiceException error) {
        AwsErrorDetails details = error.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static boolean says(AwsServiceException error, String words) {
        AwsErrorDetails details = error.awsErrorDetails();
        return details != null
                && details.errorMessage() != null
                && details.errorMessage().contains(words);
    }
}
