package dev.credbroker.identity;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is asking, as far as a proof that was verified in this very request says it. Holding one is the evidence: only
 * {@link IdentityVerifier} makes it.
 */
public final class VerifiedIdentity {

    private final Proof proof;
    private final String provider;
    private final String issuer;
    private final List<String> subject;
    private final Map<String, Set<String>> attributes;
    private final boolean addressedToBroker;
    private final boolean addressedToAws;
    private final boolean readableBySts;
    private final Instant end;
    private final String statement;
    private final Optional<SamlStatement> saml;

    /** What only an assertion says. */
    record SamlStatement(
            Map<RoleArn, SamlProviderArn> roles,
            Optional<String> roleSessionName,
            Optional<Integer> sessionDuration,
            Optional<Instant> sessionEnd) {
        SamlStatement {
            roles = Map.copyOf(roles);
        }
    }

    VerifiedIdentity(
            Proof proof,
            String provider,
            String issuer,
            List<String> subject,
            Map<String, Set<String>> attributes,
            boolean addressedToBroker,
            boolean addressedToAws,
            boolean readableBySts,
            Instant end,
            String statement,
            Optional<SamlStatement> saml) {
        this.proof = proof;
        this.provider = provider;
        this.issuer = issuer;
        this.subject = List.copyOf(subject);
        this.attributes = Map.copyOf(attributes);
        this.addressedToBroker = addressedToBroker;
        this.addressedToAws = addressedToAws;
        this.readableBySts = readableBySts;
        this.end = end;
        this.statement = statement;
        this.saml = saml;
    }

    public Proof proof() {
        return proof;
    }

    /** The provider's name in the configuration. */
    public String provider() {
        return provider;
    }

    /** The issuer's own text: {@code iss}, or the entity id. */
    public String issuer() {
        return issuer;
    }

    /** The subject as it came: {@code sub}, or the NameID's text. No case folding, no normalisation. */
    public String subject() {
        return subject.getFirst();
    }

    /** The subject and, of a NameID, its format and qualifiers: two of them are one only if all are equal. */
    public List<String> qualifiedSubject() {
        return subject;
    }

    public Map<String, Set<String>> attributes() {
        return attributes;
    }

    public boolean addressedToBroker() {
        return addressedToBroker;
    }

    public boolean addressedToAws() {
        return addressedToAws;
    }

    /** Whether STS can verify the proof: an assertion, or a JWT signed with RS or ES. */
    public boolean readableBySts() {
        return readableBySts;
    }

    public boolean isSaml() {
        return saml.isPresent();
    }

    /** When the token or assertion itself ends. */
    public Instant end() {
        return end;
    }

    /** Which SAML provider the assertion names for a role; absent if it does not name the role. */
    public Optional<SamlProviderArn> samlProviderFor(RoleArn role) {
        return saml.flatMap(said -> Optional.ofNullable(said.roles().get(role)));
    }

    /** The roles that the assertion names; none for a JWT. */
    public Set<RoleArn> namedRoles() {
        return saml.map(said -> said.roles().keySet()).orElse(Set.of());
    }

    /** The assertion's {@code RoleSessionName} as it came: STS names the session so. */
    public Optional<String> roleSessionName() {
        return saml.flatMap(SamlStatement::roleSessionName);
    }

    /** The assertion's {@code SessionDuration} in seconds: STS never grants more to it. */
    public Optional<Integer> sessionDuration() {
        return saml.flatMap(SamlStatement::sessionDuration);
    }

    /** The assertion's {@code SessionNotOnOrAfter}: no session outlives it. */
    public Optional<Instant> sessionEnd() {
        return saml.flatMap(SamlStatement::sessionEnd);
    }

    /** The digest of everything in the proof that a trust policy could test: every lasting claim, every attribute. */
    public String statement() {
        return statement;
    }

    @Override
    public String toString() {
        return "identity of " + provider;
    }
}
