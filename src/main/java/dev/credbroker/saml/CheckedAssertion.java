package dev.credbroker.saml;

import dev.credbroker.secret.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a genuine assertion says. Made by {@link AssertionChecker} alone, so whoever holds one need not ask again.
 *
 * <p>Everything here was read from the octets that were signed. It holds for one request: times are judged anew on the next.
 */
public final class CheckedAssertion {

    private final SamlProvider provider;
    private final Statement statement;
    private final Addressee addressee;
    private final AwsAttributes aws;
    private final String attributesDigest;

    CheckedAssertion(SamlProvider provider, Statement statement, Addressee addressee) throws FlawedAssertion {
        this.provider = provider;
        this.statement = statement;
        this.addressee = addressee;
        this.aws = AwsAttributes.of(statement.attributes(), provider.settings().providerArn());
        this.attributesDigest = AttributesDigest.of(
                statement.attributes(), statement.confirmation().recipient());
    }

    /** The provider's name in the configuration. */
    public String provider() {
        return provider.name();
    }

    /** The provider's entity id. */
    public String issuer() {
        return statement.issuer();
    }

    public NameId nameId() {
        return statement.nameId();
    }

    /** Meant for AWS: opens {@code assume-role-with-saml} and nothing else. */
    public boolean addressedToAws() {
        return addressee == Addressee.AWS;
    }

    /** Meant for this broker: the only kind that opens {@code assume-role}. */
    public boolean addressedToBroker() {
        return addressee == Addressee.BROKER;
    }

    /** The {@code Role} pairs whose provider is this one, in the order of the assertion; pairs of other providers are left out. */
    public List<SamlRole> roles() {
        return aws.roles();
    }

    /** {@code RoleSessionName} as it came; STS wants 2 to 64 of {@code [\w+=,.@-]}. */
    public Optional<String> roleSessionName() {
        return aws.roleSessionName();
    }

    /** {@code SessionDuration} in seconds, 900 to 43200: STS lets a session last no longer. */
    public Optional<Integer> sessionDuration() {
        return aws.sessionDuration();
    }

    /** The earliest {@code SessionNotOnOrAfter}: no session lasts beyond it. */
    public Optional<Instant> sessionNotOnOrAfter() {
        return statement.sessionNotOnOrAfter();
    }

    public Instant issueInstant() {
        return statement.issueInstant();
    }

    /** The earliest end of its conditions and of its subject confirmation; the clock skew is not added. */
    public Instant notOnOrAfter() {
        return statement.notOnOrAfter();
    }

    /** {@code SourceIdentity} as it came. */
    public Optional<String> sourceIdentity() {
        return aws.sourceIdentity();
    }

    /** {@code PrincipalTag:KEY} by {@code KEY}, as they came. */
    public Map<String, String> principalTags() {
        return aws.principalTags();
    }

    /** {@code TransitiveTagKeys} as they came. */
    public Set<String> transitiveTagKeys() {
        return aws.transitiveTagKeys();
    }

    /**
     * Every attribute by its SAML name, and those with a configured name by that as well. A configured name means the
     * configured attribute and no other. Attributes without a value that is not empty are absent.
     */
    public Map<String, Set<String>> attributes() {
        return statement.attributes().named(provider.settings().attributeNames());
    }

    /**
     * SHA-256, in hexadecimal, of every attribute with all its values and of the Recipient: all that a trust policy at
     * AWS may test. Equal only if they are equal; the order of the attributes does not matter.
     */
    public String attributesDigest() {
        return attributesDigest;
    }

    /** Names this assertion in the audit log. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(statement.id());
    }
}
