package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.Reply;

/** An error as STS words it on the wire. Throttling is a 400 like most others. */
public record StsError(int status, String code, String message) {

    public static StsError accessDenied(String message) {
        return new StsError(403, "AccessDenied", message);
    }

    public static StsError validation(String message) {
        return new StsError(400, "ValidationError", message);
    }

    public static StsError invalidIdentityToken(String message) {
        return new StsError(400, "InvalidIdentityToken", message);
    }

    /** The one {@code InvalidIdentityToken} that goes away by itself. */
    public static StsError verificationKeyNotRetrieved() {
        return invalidIdentityToken("Couldn't retrieve verification key from your identity provider, please reference"
                + " AssumeRoleWithWebIdentity documentation for requirements");
    }

    public static StsError expiredIdentityToken(String message) {
        return new StsError(400, "ExpiredTokenException", message);
    }

    public static StsError idpCommunication() {
        return new StsError(400, "IDPCommunicationError", "Identity provider could not be reached");
    }

    public static StsError idpRejectedClaim() {
        return new StsError(403, "IDPRejectedClaim", "The identity provider reported that authentication failed");
    }

    public static StsError malformedPolicy(String message) {
        return new StsError(400, "MalformedPolicyDocument", message);
    }

    public static StsError packedPolicyTooLarge(int percent) {
        return new StsError(
                400,
                "PackedPolicyTooLarge",
                "Packed size of session tags consumes %d%% of allotted space".formatted(percent));
    }

    public static StsError regionDisabled() {
        return new StsError(403, "RegionDisabledException", "STS is not activated in this region for account");
    }

    public static StsError throttling() {
        return new StsError(400, "Throttling", "Rate exceeded");
    }

    public static StsError internalFailure() {
        return new StsError(500, "InternalFailure", "The request processing has failed");
    }

    public static StsError serviceUnavailable() {
        return new StsError(503, "ServiceUnavailable", "The request has failed due to a temporary failure");
    }

    static StsError missingAuthentication() {
        return new StsError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }

    static StsError incompleteSignature(String message) {
        return new StsError(400, "IncompleteSignature", message);
    }

    static StsError invalidClientToken() {
        return new StsError(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }

    static StsError expiredClientToken() {
        return new StsError(403, "ExpiredToken", "The security token included in the request is expired");
    }

    static StsError signatureDoesNotMatch(String message) {
        return new StsError(403, "SignatureDoesNotMatch", message);
    }

    static StsError invalidAction(String action) {
        return new StsError(
                400, "InvalidAction", "Could not find operation %s for version 2011-06-15".formatted(action));
    }

    /** As a reply with the given request id. */
    Reply reply(String requestId) {
        String error = StsXml.text("Type", status < 500 ? "Sender" : "Receiver")
                + StsXml.text("Code", code)
                + StsXml.text("Message", message);
        return StsXml.reply(
                status,
                requestId,
                StsXml.root("ErrorResponse", StsXml.element("Error", error) + StsXml.text("RequestId", requestId)));
    }
}
