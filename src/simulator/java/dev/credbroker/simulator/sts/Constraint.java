package dev.credbroker.simulator.sts;

import java.util.regex.Pattern;

/** Length and alphabet of a parameter, as the service model of STS has them. */
record Constraint(String parameter, int shortest, int longest, Pattern pattern) {

    static final Constraint ROLE_ARN = text("RoleArn", 20, 2048);
    static final Constraint PRINCIPAL_ARN = text("PrincipalArn", 20, 2048);
    static final Constraint ROLE_SESSION_NAME = word("RoleSessionName", 2, 64);
    /** What AWS reserves, {@code aws:…}, is outside of the alphabet anyway. */
    static final Constraint SOURCE_IDENTITY = word("SourceIdentity", 2, 64);

    static final Constraint EXTERNAL_ID = new Constraint("ExternalId", 2, 1224, Pattern.compile("[\\w+=,.@:/-]*"));
    static final Constraint POLICY = text("Policy", 1, 2048);
    static final Constraint POLICY_ARN = text("PolicyArns", 20, 2048);
    static final Constraint TAG_KEY = tag("Tags.Key", 1, 128);
    static final Constraint TAG_VALUE = tag("Tags.Value", 0, 256);
    static final Constraint TRANSITIVE_TAG_KEY = tag("TransitiveTagKeys", 1, 128);
    static final Constraint SAML_ASSERTION = text("SAMLAssertion", 4, 100_000);
    static final Constraint WEB_IDENTITY_TOKEN = text("WebIdentityToken", 4, 20_000);

    /** @throws StsRejection {@code ValidationError} in AWS's wording, without the value of a proof */
    String check(String value) {
        if (value.length() < shortest) {
            throw violated(value, "Member must have length greater than or equal to " + shortest);
        }
        if (value.length() > longest) {
            throw violated(value, "Member must have length less than or equal to " + longest);
        }
        if (!pattern.matcher(value).matches()) {
            throw violated(value, "Member must satisfy regular expression pattern: " + pattern);
        }
        return value;
    }

    StsRejection missing() {
        return new StsRejection(StsError.validation(
                "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null"
                        .formatted(member())));
    }

    private StsRejection violated(String value, String rule) {
        return new StsRejection(
                StsError.validation("1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
                        .formatted(value.length() > 300 ? "***" : value, member(), rule)));
    }

    private String member() {
        return Character.toLowerCase(parameter.charAt(0)) + parameter.substring(1);
    }

    private static Constraint text(String parameter, int shortest, int longest) {
        return new Constraint(parameter, shortest, longest, Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*"));
    }

    private static Constraint word(String parameter, int shortest, int longest) {
        return new Constraint(parameter, shortest, longest, Pattern.compile("[\\w+=,.@-]*"));
    }

    private static Constraint tag(String parameter, int shortest, int longest) {
        return new Constraint(parameter, shortest, longest, Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*"));
    }
}
