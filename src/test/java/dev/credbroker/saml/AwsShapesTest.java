package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SignedParts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Responses to AWS in the shapes of real products. They were published without signatures, indented by hand and long expired, so each is signed
 * anew, for now, with the white space around its texts taken away; {@link VectorsTest} has them as they came.
 */
class AwsShapesTest {

    private static final String ADFS = "http://id.example.com/adfs/services/trust";
    private static final String ENTRA = "https://sts.windows.net/25f4519b-eca5-405d-b516-123af862c268/";
    private static final String PING = "id:example:com:au:saml2";
    private static final String SHIBBOLETH = "urn:mace:incommon:example.com";

    @Test
    void adfs_pairsWithTheProviderFirst_isGenuine() throws Exception {
        CheckedAssertion assertion = genuine(check(
                adfs("assertion.xml"), "entity-id", ADFS, "provider-arn", "arn:aws:iam::*:saml-provider/ExampleADFS"));

        assertThat(assertion.nameId().value()).isEqualTo("EXAMPLE\\wolfeidau");
        assertThat(assertion.roles())
                .extracting(pair -> pair.role() + "," + pair.provider())
                .containsExactly(
                        "arn:aws:iam::123123123123:role/AWS-Admin-CloudOPSBuild,arn:aws:iam::123123123123:saml-provider/ExampleADFS",
                        "arn:aws:iam::123123123123:role/AWS-Admin-CloudOPSNonProd,arn:aws:iam::123123123123:saml-provider/ExampleADFS");
        assertThat(assertion.roleSessionName()).contains("wolfeidau@example.com");
        assertThat(assertion.sessionDuration()).contains(28_800);
    }

    @Test
    void adfs_withoutDestination_isGenuineUnlessTheResponseIsSigned() throws Exception {
        SamlDraft response = adfs("assertion_no_destination.xml");

        assertThat(check(response, "entity-id", ADFS)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(adfs("assertion_no_destination.xml").signed(SignedParts.BOTH), "entity-id", ADFS))
                .isEqualTo(AssertionFlaw.DESTINATION);
    }

    @Test
    void adfs_endThatIsNoTime_isRefused() throws Exception {
        assertThat(flaw(adfs("assertion_invalid_date.xml"), "entity-id", ADFS)).isEqualTo(AssertionFlaw.TIME_FORMAT);
    }

    @Test
    void pingFederate_rolesInThreeAccounts_isGenuine() throws Exception {
        // Its prefixes were lost on the way to a screen, and only their declarations are left.
        String bound = text("assertion_pingfed.xml").replaceAll("xmlns:(saml|samlp|ds)=", "xmlns=");

        CheckedAssertion assertion = genuine(
                check(anew(bound), "entity-id", PING, "provider-arn", "arn:aws:iam::*:saml-provider/example-idp"));

        assertThat(assertion.nameId().value()).isEqualTo("evan.mclean@example.com.au");
        assertThat(assertion.roles())
                .extracting(pair -> pair.role().toString())
                .containsExactly(
                        "arn:aws:iam::456456456456:role/admin",
                        "arn:aws:iam::456456456456:role/developer",
                        "arn:aws:iam::789789789789:role/admin",
                        "arn:aws:iam::123123123123:role/developer",
                        "arn:aws:iam::123123123123:role/admin");
        assertThat(assertion.roleSessionName()).contains("evan.mclean");
        assertThat(assertion.sessionDuration()).isEmpty();
    }

    @Test
    void entra_addressedToTheSignInPage_isGenuine() throws Exception {
        CheckedAssertion assertion = genuine(check(
                anew(text("SAMLResponse.xml")),
                "entity-id",
                ENTRA,
                "provider-arn",
                "arn:aws:iam::*:saml-provider/EXAMPLE_PROVIDER"));

        assertThat(assertion.nameId().value()).isEqualTo("exampleuser@exampledomain.com");
        assertThat(assertion.roles())
                .extracting(pair -> pair.role().toString())
                .containsExactly(
                        "arn:aws:iam::012345678901:role/example_role", "arn:aws:iam::123456789012:role/example_role");
        assertThat(assertion.roleSessionName()).contains("exampleuser@exampledomain.com");
    }

    @Test
    void shibboleth_bothSignedAndTakenOutOfItsEnvelope_isGenuine() throws Exception {
        SamlDraft response = anew(text("ecp_soap_response_success.xml")
                .replace("urn:amazon:webservices\"></saml2:NameID>", "urn:amazon:webservices\">_1</saml2:NameID>"));

        CheckedAssertion assertion = genuine(check(
                response, "entity-id", SHIBBOLETH, "provider-arn", "arn:aws:iam::*:saml-provider/idp.example.com"));

        assertThat(assertion.nameId())
                .isEqualTo(new NameId(
                        "_1",
                        Optional.of("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
                        Optional.of(SHIBBOLETH),
                        Optional.of("urn:amazon:webservices")));
        assertThat(assertion.roles())
                .extracting(pair -> pair.role().toString())
                .containsExactly("arn:aws:iam::123456789003:role/administrator");
        assertThat(assertion.roleSessionName()).contains("user@example.com");
    }

    /** Of the prefix that its authors forgot to declare when they added an attribute. */
    private static SamlDraft adfs(String file) throws StrictXml.NotXml {
        String declaration = "<samlp:Response xmlns:saml2=\"" + Elements.ASSERTION + "\" ";
        return anew(text(file).replace("<samlp:Response ", declaration));
    }

    private static String text(String file) {
        return ThirdParty.text("saml2aws/" + file);
    }

    private static SamlDraft anew(String xml) throws StrictXml.NotXml {
        Document document = StrictXml.parse(xml.getBytes(StandardCharsets.UTF_8));
        Node response =
                document.getElementsByTagNameNS(Elements.PROTOCOL, "Response").item(0);
        document.replaceChild(response, document.getDocumentElement());
        refresh(document.getDocumentElement());
        return SignedAnew.of(document);
    }

    /** Of its times, those that are times are those of a fresh response; of its texts, the white space around is gone. */
    private static void refresh(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.item(i) instanceof Attr attribute
                    && SamlTime.parse(attribute.getValue()).isPresent()) {
                boolean end = attribute.getName().equals("NotOnOrAfter");
                attribute.setValue((end ? NOW.plus(Duration.ofMinutes(5)) : NOW).toString());
            }
        }
        if (Elements.children(element).isEmpty()) {
            element.setTextContent(element.getTextContent().strip());
        }
        Elements.children(element).forEach(AwsShapesTest::refresh);
    }
}
