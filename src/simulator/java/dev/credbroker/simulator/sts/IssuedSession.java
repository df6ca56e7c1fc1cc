package dev.credbroker.simulator.sts;

import java.time.Instant;
import java.util.Optional;

/**
 * A session as it is about to be told to the client.
 *
 * @param packedPolicySize in percent of what there is room for
 */
public record IssuedSession(
        String accessKeyId,
        String secretAccessKey,
        String sessionToken,
        Instant expiration,
        String assumedRoleId,
        String assumedRoleArn,
        Optional<String> sourceIdentity,
        int packedPolicySize) {

    public IssuedSession withExpiration(Instant other) {
        return new IssuedSession(
                accessKeyId,
                secretAccessKey,
                sessionToken,
                other,
                assumedRoleId,
                assumedRoleArn,
                sourceIdentity,
                packedPolicySize);
    }

    public IssuedSession withAssumedRoleArn(String other) {
        return new IssuedSession(
                accessKeyId,
                secretAccessKey,
                sessionToken,
                expiration,
                assumedRoleId,
                other,
                sourceIdentity,
                packedPolicySize);
    }

    AccessKey key() {
        return new AccessKey(
                accessKeyId,
                secretAccessKey,
                Optional.of(sessionToken),
                Optional.of(expiration),
                assumedRoleId,
                assumedRoleArn);
    }

    /** What all three operations return alike. */
    String xml() {
        String credentials = StsXml.text("AccessKeyId", accessKeyId)
                + StsXml.text("SecretAccessKey", secretAccessKey)
                + StsXml.text("SessionToken", sessionToken)
                + StsXml.text("Expiration", expiration.toString());
        String user = StsXml.text("AssumedRoleId", assumedRoleId) + StsXml.text("Arn", assumedRoleArn);
        return StsXml.element("Credentials", credentials)
                + StsXml.element("AssumedRoleUser", user)
                + StsXml.text("PackedPolicySize", Integer.toString(packedPolicySize))
                + sourceIdentity
                        .map(identity -> StsXml.text("SourceIdentity", identity))
                        .orElse("");
    }

    @Override
    public String toString() {
        return accessKeyId + " for " + assumedRoleArn + " until " + expiration;
    }
}
