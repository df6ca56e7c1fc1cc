package dev.credbroker.identity;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.identity.VerifiedIdentity.SamlStatement;
import dev.credbroker.secret.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A verified identity in the making, for tests of what is done with one: alice, for an hour from {@link #NOW} on. Whether
 * anybody would ever verify it is for {@link IdentityVerifier} to say, and not asked here.
 */
public final class Identities {

    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private Proof proof;
    private String provider;
    private String issuer;
    private List<String> subject;
    private final Map<String, Set<String>> attributes = new HashMap<>();
    private boolean addressedToBroker;
    private boolean addressedToAws;
    private boolean readableBySts = true;
    private Instant end = NOW.plusSeconds(3600);
    private String statement = "the digest of all that the proof says";
    private final boolean saml;
    private final Map<RoleArn, SamlProviderArn> roles = new LinkedHashMap<>();
    private Optional<String> roleSessionName = Optional.empty();
    private Optional<Integer> sessionDuration = Optional.empty();
    private Optional<Instant> sessionEnd = Optional.empty();

    private Identities(Proof proof, String provider, String issuer, List<String> subject, boolean saml) {
        this.proof = proof;
        this.provider = provider;
        this.issuer = issuer;
        this.subject = subject;
        this.saml = saml;
    }

    /** By a JWT of {@code corp}, signed with RS256 and addressed to the broker. */
    public static Identities oidc() {
        Identities draft = new Identities(
                new Proof.Jwt(Secret.of("the.token.of-alice")),
                "corp",
                "https://idp.example.com/realms/corp",
                List.of("alice"),
                false);
        return draft.addressed(true, false);
    }

    /** By an assertion of {@code adfs}, addressed to AWS. It names no role yet. */
    public static Identities saml() {
        Identities draft = new Identities(
                new Proof.SamlResponse(Secret.of("the response of alice")),
                "adfs",
                "http://adfs.example.com/adfs/services/trust",
                List.of("alice", "-urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "", ""),
                true);
        return draft.addressed(false, true);
    }

    public Identities proof(Proof other) {
        proof = other;
        return this;
    }

    public Identities provider(String name) {
        provider = name;
        return this;
    }

    public Identities issuer(String text) {
        issuer = text;
        return this;
    }

    /** With its qualifiers, if it has some. */
    public Identities subject(String... parts) {
        subject = List.of(parts);
        return this;
    }

    /** In place of any values that it had. */
    public Identities attribute(String name, String... values) {
        attributes.put(name, Set.of(values));
        return this;
    }

    public Identities addressed(boolean toBroker, boolean toAws) {
        addressedToBroker = toBroker;
        addressedToAws = toAws;
        return this;
    }

    /** By a token that is signed as STS does not take it: PS256, say, or EdDSA. */
    public Identities unreadableBySts() {
        readableBySts = false;
        return this;
    }

    /** When the token or assertion itself ends. */
    public Identities end(Instant moment) {
        end = moment;
        return this;
    }

    public Identities statement(String digest) {
        statement = digest;
        return this;
    }

    /** One more pair of the assertion's {@code Role} attribute. */
    public Identities role(String role, String samlProvider) {
        roles.put(RoleArn.parse(role), SamlProviderArn.parse(samlProvider));
        return this;
    }

    /** The assertion's {@code RoleSessionName}. */
    public Identities roleSessionName(String name) {
        roleSessionName = Optional.of(name);
        return this;
    }

    /** The assertion's {@code SessionDuration}. */
    public Identities sessionDuration(int seconds) {
        sessionDuration = Optional.of(seconds);
        return this;
    }

    /** The assertion's {@code SessionNotOnOrAfter}. */
    public Identities sessionEnd(Instant moment) {
        sessionEnd = Optional.of(moment);
        return this;
    }

    public VerifiedIdentity verified() {
        return new VerifiedIdentity(
                proof,
                provider,
                issuer,
                subject,
                attributes,
                addressedToBroker,
                addressedToAws,
                readableBySts,
                end,
                statement,
                saml
                        ? Optional.of(new SamlStatement(roles, roleSessionName, sessionDuration, sessionEnd))
                        : Optional.empty());
    }
}
