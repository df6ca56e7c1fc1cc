package dev.credbroker.simulator.idp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A SAML response before it is signed: as AWS asks for it as it starts, and as odd as a test wants it.
 *
 * <p>Starts addressed to AWS, issued now, valid for five minutes, with a signed assertion and without attributes.
 */
public final class SamlDraft {

    static final String PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private final Function<SamlSignatureAlgorithm, SamlKey> keys;
    final Map<String, List<String>> attributes = new LinkedHashMap<>();
    final String responseId = newId();
    final String assertionId = newId();

    String issuer;
    Optional<String> nameId = Optional.of("alice");
    String nameIdFormat = PERSISTENT;
    List<String> audiences = List.of(SamlNames.AWS_AUDIENCE);
    String recipient = SamlNames.AWS_RECIPIENT;
    String destination = SamlNames.AWS_RECIPIENT;
    Instant issued;
    Instant notBefore;
    Instant notOnOrAfter;
    Instant confirmationNotOnOrAfter;
    Optional<Instant> sessionNotOnOrAfter = Optional.empty();
    private SignedParts signed = SignedParts.ASSERTION;
    private SamlSignatureAlgorithm algorithm = SamlSignatureAlgorithm.RSA_SHA256;
    private Optional<SamlKey> key = Optional.empty();
    private UnaryOperator<Document> beforeSigning = UnaryOperator.identity();
    private UnaryOperator<Document> afterSigning = UnaryOperator.identity();

    SamlDraft(String issuer, Instant now, Function<SamlSignatureAlgorithm, SamlKey> keys) {
        this.issuer = issuer;
        this.keys = keys;
        this.issued = now;
        this.notBefore = now;
        this.notOnOrAfter = now.plus(VALIDITY);
        this.confirmationNotOnOrAfter = now.plus(VALIDITY);
    }

    /** Of response and assertion alike. */
    public SamlDraft issuer(String entityId) {
        issuer = entityId;
        return this;
    }

    public SamlDraft nameId(String value) {
        nameId = Optional.of(value);
        return this;
    }

    public SamlDraft nameIdFormat(String uri) {
        nameIdFormat = uri;
        return this;
    }

    public SamlDraft withoutNameId() {
        nameId = Optional.empty();
        return this;
    }

    /** Adds a value to the Role attribute, in the documented order: role first. */
    public SamlDraft role(String roleArn, String providerArn) {
        return roleText(roleArn + "," + providerArn);
    }

    /** Adds a value to the Role attribute as it is, for other orders and stray blanks. */
    public SamlDraft roleText(String value) {
        List<String> roles = new ArrayList<>(attributes.getOrDefault(aws("Role"), List.of()));
        roles.add(value);
        return attribute(aws("Role"), roles.toArray(String[]::new));
    }

    public SamlDraft roleSessionName(String name) {
        return attribute(aws("RoleSessionName"), name);
    }

    public SamlDraft sessionDuration(Duration duration) {
        return attribute(aws("SessionDuration"), Long.toString(duration.toSeconds()));
    }

    public SamlDraft sourceIdentity(String identity) {
        return attribute(aws("SourceIdentity"), identity);
    }

    public SamlDraft principalTag(String tag, String value) {
        return attribute(aws("PrincipalTag:" + tag), value);
    }

    public SamlDraft transitiveTagKeys(String... tags) {
        return attribute(aws("TransitiveTagKeys"), tags);
    }

    /** Any attribute by its whole name; replaces one of the same name. */
    public SamlDraft attribute(String name, String... values) {
        attributes.put(name, List.of(values));
        return this;
    }

    public SamlDraft withoutAttribute(String name) {
        attributes.remove(name);
        return this;
    }

    /** All in one restriction; none leaves the restriction out. */
    public SamlDraft audience(String... uris) {
        audiences = List.of(uris);
        return this;
    }

    public SamlDraft recipient(String url) {
        recipient = url;
        return this;
    }

    public SamlDraft destination(String url) {
        destination = url;
        return this;
    }

    /** Of response, assertion and authentication; the other times stay where they are. */
    public SamlDraft issueInstant(Instant moment) {
        issued = moment;
        return this;
    }

    public SamlDraft notBefore(Instant moment) {
        notBefore = moment;
        return this;
    }

    /** Of the conditions and of the subject confirmation. */
    public SamlDraft notOnOrAfter(Instant moment) {
        notOnOrAfter = moment;
        return confirmationNotOnOrAfter(moment);
    }

    public SamlDraft confirmationNotOnOrAfter(Instant moment) {
        confirmationNotOnOrAfter = moment;
        return this;
    }

    public SamlDraft sessionNotOnOrAfter(Instant moment) {
        sessionNotOnOrAfter = Optional.of(moment);
        return this;
    }

    public SamlDraft signed(SignedParts parts) {
        signed = parts;
        return this;
    }

    public SamlDraft algorithm(SamlSignatureAlgorithm method) {
        algorithm = method;
        return this;
    }

    /** Signs with any key, published or not. */
    public SamlDraft signedWith(SamlKey other) {
        key = Optional.of(other);
        return this;
    }

    /** What is done to the document before the signatures cover it. */
    public SamlDraft beforeSigning(UnaryOperator<Document> change) {
        beforeSigning = change;
        return this;
    }

    /** What is done to the document that the signatures do not know of. */
    public SamlDraft afterSigning(UnaryOperator<Document> change) {
        afterSigning = change;
        return this;
    }

    /** The response as XML. */
    public String xml() {
        Document document = beforeSigning.apply(new SamlDocument(this).build());
        sign(document);
        return Xml.write(afterSigning.apply(document));
    }

    /** The response as the HTTP-POST binding carries it: base64 on one line. */
    public String encode() {
        return encode(xml());
    }

    /** The base64 of a response whose text a test has changed. */
    public static String encode(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    private void sign(Document document) {
        SamlSigner signer = new SamlSigner(key.orElseGet(() -> keys.apply(algorithm)), algorithm);
        if (signed.assertion()) {
            signer.sign(first(document, "Assertion", SamlNames.ASSERTION));
        }
        if (signed.response()) {
            signer.sign(first(document, "Response", SamlNames.PROTOCOL));
        }
    }

    private static Element first(Document document, String name, String namespace) {
        if (document.getElementsByTagNameNS(namespace, name).item(0) instanceof Element element) {
            return element;
        }
        throw new IllegalStateException("no " + name + " to sign");
    }

    private static String aws(String attribute) {
        return SamlNames.AWS_ATTRIBUTES + attribute;
    }

    private static String newId() {
        return "_" + UUID.randomUUID();
    }
}
