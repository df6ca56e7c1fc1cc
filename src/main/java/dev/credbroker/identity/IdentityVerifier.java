package dev.credbroker.identity;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.identity.Verification.Expired;
import dev.credbroker.identity.Verification.KeysMissing;
import dev.credbroker.identity.Verification.Malformed;
import dev.credbroker.identity.Verification.Rejected;
import dev.credbroker.identity.Verification.Unavailable;
import dev.credbroker.identity.Verification.Verified;
import dev.credbroker.identity.VerifiedIdentity.SamlStatement;
import dev.credbroker.oidc.CheckedJwt;
import dev.credbroker.oidc.JwtCheck;
import dev.credbroker.oidc.JwtChecker;
import dev.credbroker.saml.AssertionCheck;
import dev.credbroker.saml.AssertionChecker;
import dev.credbroker.saml.CheckedAssertion;
import dev.credbroker.saml.NameId;
import dev.credbroker.saml.SamlRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has a proof checked by whom it concerns, and says in one language what both kinds of proof say. */
public final class IdentityVerifier {

    private final JwtChecker jwts;
    private final AssertionChecker assertions;

    public IdentityVerifier(JwtChecker jwts, AssertionChecker assertions) {
        this.jwts = jwts;
        this.assertions = assertions;
    }

    /** Verifies from memory alone; {@link KeysMissing} where that does not suffice. */
    public Verification verify(Proof proof) {
        return switch (proof) {
            case Proof.Jwt jwt -> ofJwt(jwt, jwts.check(jwt.text()));
            case Proof.SamlResponse response -> ofAssertion(response, assertions.check(response.text()));
        };
    }

    /** Verifies as {@link #verify} does, and waits up to a second for an issuer's keys if need be. */
    public Verification verifyAwaitingKeys(Proof proof) {
        return switch (proof) {
            case Proof.Jwt jwt -> ofJwt(jwt, jwts.checkAwaitingKeys(jwt.text()));
            case Proof.SamlResponse response -> ofAssertion(response, assertions.check(response.text()));
        };
    }

    private static Verification ofJwt(Proof proof, JwtCheck check) {
        return switch (check) {
            case JwtCheck.Genuine genuine -> new Verified(identity(proof, genuine.jwt()));
            case JwtCheck.Rejected rejected ->
                new Rejected(rejected.issuerName(), rejected.flaw().toString());
            case JwtCheck.Expired expired -> new Expired(expired.issuer());
            case JwtCheck.KeysMissing missing -> new KeysMissing(missing.issuer());
            case JwtCheck.KeysUnavailable unavailable -> new Unavailable(unavailable.issuer());
        };
    }

    private static Verification ofAssertion(Proof proof, AssertionCheck check) {
        return switch (check) {
            case AssertionCheck.Genuine genuine -> new Verified(identity(proof, genuine.assertion()));
            case AssertionCheck.Rejected rejected
            when rejected.flaw().malformed() -> new Malformed(rejected.flaw().text());
            case AssertionCheck.Rejected rejected ->
                new Rejected(rejected.provider(), rejected.flaw().text());
            case AssertionCheck.Expired expired -> new Expired(expired.provider());
            case AssertionCheck.MetadataUnavailable unavailable -> new Unavailable(unavailable.provider());
        };
    }

    private static VerifiedIdentity identity(Proof proof, CheckedJwt jwt) {
        return new VerifiedIdentity(
                proof,
                jwt.provider(),
                jwt.issuer(),
                List.of(jwt.subject()),
                jwt.attributes(),
                // What is addressed to AWS as well could be one that AWS's own log or proxy has seen.
                jwt.addressedToBroker() && !jwt.addressedToAws(),
                jwt.addressedToAws(),
                isReadableBySts(jwt.algorithm()),
                jwt.expiration(),
                jwt.claimsDigest(),
                Optional.empty());
    }

    /** STS verifies RS256 to RS512 and ES256 to ES512 and nothing else (AssumeRoleWithWebIdentity, WebIdentityToken). */
    private static boolean isReadableBySts(String algorithm) {
        return algorithm.startsWith("RS") || algorithm.startsWith("ES");
    }

    private static VerifiedIdentity identity(Proof proof, CheckedAssertion assertion) {
        return new VerifiedIdentity(
                proof,
                assertion.provider(),
                assertion.issuer(),
                qualified(assertion.nameId()),
                assertion.attributes(),
                assertion.addressedToBroker(),
                assertion.addressedToAws(),
                true,
                assertion.notOnOrAfter(),
                assertion.attributesDigest(),
                Optional.of(new SamlStatement(
                        roles(assertion),
                        assertion.roleSessionName(),
                        assertion.sessionDuration(),
                        assertion.sessionNotOnOrAfter())));
    }

    /** Absent and empty qualifiers are told apart: {@code -} stands before each that is present. */
    private static List<String> qualified(NameId name) {
        return List.of(
                name.value(), present(name.format()), present(name.nameQualifier()), present(name.spNameQualifier()));
    }

    private static String present(Optional<String> qualifier) {
        return qualifier.map(text -> '-' + text).orElse("");
    }

    private static Map<RoleArn, SamlProviderArn> roles(CheckedAssertion assertion) {
        return assertion.roles().stream()
                .collect(Collectors.toMap(SamlRole::role, SamlRole::provider, (first, same) -> first));
    }
}
