package dev.credbroker.simulator.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.TestClock;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SamlDraftTest {

    private static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String ROLE = "arn:aws:iam::123456789012:role/ADFS-Production";
    private static final String PROVIDER = "arn:aws:iam::123456789012:saml-provider/ADFS";
    private static final TestClock CLOCK = new TestClock();
    private static final SimulatedIdentityProvider IDP =
            new SimulatedIdentityProvider("adfs", "http://127.0.0.1/idp/adfs", EnumSet.of(JwtAlgorithm.RS256), CLOCK);

    @ParameterizedTest
    @EnumSource
    void encode_withAnyAlgorithm_isValidByTheCertificate(SamlSignatureAlgorithm algorithm) throws Exception {
        Document response =
                parse(draft().signed(SignedParts.BOTH).algorithm(algorithm).encode());

        assertThat(valid(assertion(response), algorithm)).isTrue();
        assertThat(valid(response.getDocumentElement(), algorithm)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void encode_withAnyPartsSigned_carriesJustTheirSignaturesAfterTheIssuer(SignedParts parts) throws Exception {
        Document response = parse(draft().signed(parts).encode());

        assertThat(signatures(assertion(response))).hasSize(parts.assertion() ? 1 : 0);
        assertThat(signatures(response.getDocumentElement())).hasSize(parts.response() ? 1 : 0);
        assertThat(secondChild(assertion(response))).isEqualTo(parts.assertion() ? "Signature" : "Subject");
        assertThat(secondChild(response.getDocumentElement())).isEqualTo(parts.response() ? "Signature" : "Status");
    }

    @Test
    void encode_changedAfterSigning_isNotValid() throws Exception {
        Document response = parse(draft().afterSigning(document -> {
                    first(document, "NameID").setTextContent("mallory");
                    return document;
                })
                .encode());

        assertThat(valid(assertion(response), SamlSignatureAlgorithm.RSA_SHA256))
                .isFalse();
    }

    @Test
    void encode_changedBeforeSigning_isValid() throws Exception {
        Document response = parse(draft().beforeSigning(document -> {
                    first(document, "NameID").setTextContent("bob");
                    return document;
                })
                .encode());

        assertThat(valid(assertion(response), SamlSignatureAlgorithm.RSA_SHA256))
                .isTrue();
        assertThat(first(response, "NameID").getTextContent()).isEqualTo("bob");
    }

    @Test
    void encode_signedWithAStrangersKey_isNotValid() throws Exception {
        Document response = parse(
                draft().signedWith(SamlKey.rsa("stranger", TestClock.START)).encode());

        assertThat(valid(assertion(response), SamlSignatureAlgorithm.RSA_SHA256))
                .isFalse();
    }

    @Test
    void encode_withoutChanges_isAddressedToAwsForFiveMinutes() throws Exception {
        Document response = parse(draft().encode());

        Element confirmation = first(response, "SubjectConfirmationData");
        assertThat(confirmation.getAttribute("Recipient")).isEqualTo("https://signin.aws.amazon.com/saml");
        assertThat(confirmation.getAttribute("NotOnOrAfter")).isEqualTo("2026-11-24T12:05:00Z");
        assertThat(first(response, "Audience").getTextContent()).isEqualTo("urn:amazon:webservices");
        assertThat(first(response, "Issuer").getTextContent()).isEqualTo(IDP.entityId());
        assertThat(assertion(response).getAttribute("IssueInstant")).isEqualTo("2026-11-24T12:00:00Z");
    }

    @Test
    void encode_withAllOfAwsAttributes_namesThemAsAwsDoes() throws Exception {
        Document response = parse(draft().roleText(" " + PROVIDER + " , " + ROLE + " ")
                .roleSessionName("alice")
                .sessionDuration(Duration.ofHours(2))
                .sourceIdentity("alice@corp")
                .principalTag("team", "blue")
                .transitiveTagKeys("team")
                .sessionNotOnOrAfter(TestClock.START.plusSeconds(1200))
                .attribute("groups", "uploaders", "readers")
                .encode());

        assertThat(attributeNames(response))
                .containsExactly(
                        "https://aws.amazon.com/SAML/Attributes/Role",
                        "https://aws.amazon.com/SAML/Attributes/RoleSessionName",
                        "https://aws.amazon.com/SAML/Attributes/SessionDuration",
                        "https://aws.amazon.com/SAML/Attributes/SourceIdentity",
                        "https://aws.amazon.com/SAML/Attributes/PrincipalTag:team",
                        "https://aws.amazon.com/SAML/Attributes/TransitiveTagKeys",
                        "groups");
        assertThat(response.getElementsByTagNameNS(ASSERTION, "AttributeValue")
                        .item(0)
                        .getTextContent())
                .isEqualTo(ROLE + "," + PROVIDER);
        assertThat(response.getElementsByTagNameNS(ASSERTION, "AttributeValue")
                        .item(1)
                        .getTextContent())
                .isEqualTo(" " + PROVIDER + " , " + ROLE + " ");
    }

    private static SamlDraft draft() {
        return IDP.samlResponse().nameId("alice").role(ROLE, PROVIDER);
    }

    /** The checks that the JDK itself makes, with nothing of the simulator's. */
    private static boolean valid(Element signed, SamlSignatureAlgorithm algorithm) throws Exception {
        signed.setIdAttribute("ID", true);
        DOMValidateContext context = new DOMValidateContext(
                KeySelector.singletonKeySelector(
                        IDP.samlKey(algorithm).certificate().getPublicKey()),
                signatures(signed).getFirst());
        XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
        assertThat(signature.getSignedInfo().getReferences())
                .singleElement()
                .satisfies(reference -> assertThat(reference.getURI()).isEqualTo("#" + signed.getAttribute("ID")));
        return signature.validate(context);
    }

    private static Document parse(String base64) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    private static Element assertion(Document response) {
        return first(response, "Assertion");
    }

    private static Element first(Document response, String name) {
        return (Element) response.getElementsByTagNameNS(ASSERTION, name).item(0);
    }

    private static List<Element> signatures(Element parent) {
        return children(parent)
                .filter(child -> XMLSignature.XMLNS.equals(child.getNamespaceURI()))
                .toList();
    }

    private static String secondChild(Element parent) {
        return children(parent).skip(1).findFirst().orElseThrow().getLocalName();
    }

    private static Stream<Element> children(Element parent) {
        return Stream.iterate(parent.getFirstChild(), node -> node != null, node -> node.getNextSibling())
                .map(Element.class::cast);
    }

    private static List<String> attributeNames(Document response) {
        return children(first(response, "AttributeStatement"))
                .map(attribute -> attribute.getAttribute("Name"))
                .toList();
    }
}
