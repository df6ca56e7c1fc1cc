package dev.credbroker.saml;

import static dev.credbroker.saml.Attack.sealed;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.crypto.dom.DOMStructure;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.spec.XPathFilter2ParameterSpec;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;
import javax.xml.crypto.dsig.spec.XPathType;
import javax.xml.crypto.dsig.spec.XSLTTransformParameterSpec;

/** Signatures over something else than the assertion that carries them. */
final class ReferenceAttacks {

    private static final byte[] ANY_DIGEST = new byte[32];

    private ReferenceAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(transforms(), references()).flatMap(Function.identity());
    }

    /** Signed by the provider, as it would sign no such thing: what follows is not what was signed. */
    private static Stream<Attack> transforms() {
        return Stream.of(
                sealed(
                        "transform by XPath that leaves out the person",
                        AssertionFlaw.TRANSFORMS,
                        signature -> signature.transforms(
                                Transform.XPATH,
                                new XPathFilterParameterSpec(
                                        "not(ancestor-or-self::*[local-name()='Subject' or local-name()='Signature'])")),
                        Edits.text("NameID", Forgery.NAME)),
                sealed(
                        "transform by XPath filter",
                        AssertionFlaw.TRANSFORMS,
                        signature -> signature
                                .transforms(
                                        Transform.XPATH2,
                                        new XPathFilter2ParameterSpec(
                                                List.of(new XPathType("//*", XPathType.Filter.SUBTRACT))))
                                .digest(ANY_DIGEST)),
                sealed(
                        "transform by XSLT that fetches",
                        AssertionFlaw.TRANSFORMS,
                        signature -> signature
                                .transforms(Transform.XSLT, new XSLTTransformParameterSpec(stylesheet()))
                                .digest(ANY_DIGEST)),
                sealed(
                        "transform by base64",
                        AssertionFlaw.TRANSFORMS,
                        signature ->
                                signature.transforms(Transform.BASE64, null).digest(ANY_DIGEST)));
    }

    private static Stream<Attack> references() {
        return Stream.of(
                to(""),
                to("#xpointer(/)"),
                to("#xpointer(id('x'))"),
                to(Bait.url("http")),
                to(Bait.url("https")),
                to(Bait.url("ftp")),
                to("jar:" + Bait.url("http") + "!/x"),
                to("file:///etc/hostname"));
    }

    private static Attack to(String uri) {
        return sealed(
                "reference to \"%s\"".formatted(uri.replaceAll(":[0-9]+", "")),
                AssertionFlaw.REFERENCE,
                signature -> signature.reference(uri).digest(ANY_DIGEST));
    }

    private static DOMStructure stylesheet() {
        String text = """
                <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
                  <xsl:template match="/"><xsl:copy-of select="document('%s')"/></xsl:template>
                </xsl:stylesheet>""".formatted(Bait.url("http"));
        return new DOMStructure(Edits.parse(text).getDocumentElement());
    }
}
