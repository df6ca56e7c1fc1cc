package dev.credbroker.saml;

import static dev.credbroker.saml.Attack.sent;
import static dev.credbroker.saml.Attack.written;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Texts that parsers make different things of. */
final class TextAttacks {

    private TextAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(splits(), documentTypes(), encodings(), Bombs.all()).flatMap(Function.identity());
    }

    /** CVE-2017-11427 to 11430: canonicalization drops comments, and a reader of the first text sees the first half. */
    private static Stream<Attack> splits() {
        return Stream.of("NameID", "AttributeValue", "Audience", "Issuer")
                .flatMap(element -> Stream.of(
                        split(element, AssertionFlaw.FORBIDDEN_NODE, "<!-- -->"),
                        split(element, AssertionFlaw.FORBIDDEN_NODE, "<?x y?>"),
                        split(element, AssertionFlaw.NOT_XML, "&#x0;"),
                        split(element, AssertionFlaw.NOT_XML, "&#xFFFE;"),
                        split(element, AssertionFlaw.NOT_XML, "&x;")));
    }

    private static Attack split(String element, AssertionFlaw reason, String by) {
        return written("%s split by %s".formatted(element, by), reason, xml -> split(xml, element, by));
    }

    /** Puts something behind the second character of each such element's text. */
    static String split(String xml, String element, String by) {
        return xml.replaceAll("(<saml:%s[^>]*>[^<]{2})".formatted(element), "$1" + Matcher.quoteReplacement(by));
    }

    /** CVE-2025-25291, CVE-2025-23369, and what XML has always been attacked with. */
    private static Stream<Attack> documentTypes() {
        return Stream.of(
                documentType("bare", ""),
                documentType("with an entity for the person", "[<!ENTITY x \"mallory\">]"),
                documentType("from outside", "SYSTEM \"" + Bait.url("http") + "\""),
                documentType("with an entity from outside", "[<!ENTITY x SYSTEM \"" + Bait.url("http") + "\">]"),
                documentType("with an entity from a file", "[<!ENTITY x SYSTEM \"file:///etc/hostname\">]"),
                documentType("with a parameter entity", "[<!ENTITY %% x SYSTEM \"" + Bait.url("http") + "\"> %%x;]"),
                documentType("with an identifier by default", "[<!ATTLIST saml:NameID ID ID #FIXED \"_evil\">]"),
                written(
                        "inclusion by XInclude",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        xml -> xml.replace(
                                "</samlp:Status>",
                                "</samlp:Status><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"%s\"/>"
                                        .formatted(Bait.url("http")))),
                written(
                        "location of a schema",
                        AssertionFlaw.SCHEMA_INSTANCE,
                        xml -> xml.replace(
                                "<saml:Subject>",
                                "<saml:Subject xmlns:xsi=\"%s\" xsi:schemaLocation=\"urn:x %s\">"
                                        .formatted(Elements.SCHEMA_INSTANCE, Bait.url("http")))));
    }

    private static Attack documentType(String name, String declaration) {
        return written(
                "document type " + name,
                AssertionFlaw.NOT_XML,
                xml -> "<!DOCTYPE samlp:Response " + declaration.replace("%%", "%") + ">"
                        + (declaration.contains("ENTITY x") ? split(xml, "NameID", "&x;") : xml));
    }

    private static Stream<Attack> encodings() {
        return Stream.of(
                octets("UTF-16", xml -> encoded(xml, StandardCharsets.UTF_16)),
                octets(
                        "UTF-16 that says so",
                        xml -> encoded("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + xml, StandardCharsets.UTF_16)),
                octets("UTF-32", xml -> encoded(xml, Charset.forName("UTF-32"))),
                octets("UTF-8 that says it is UTF-16", xml -> declared(xml, "UTF-16")),
                octets("UTF-8 that says it is UTF-7", xml -> declared(xml, "UTF-7")),
                octets("UTF-7", xml -> declared(xml.replace("<", "+ADw-"), "UTF-7")),
                octets(
                        "EBCDIC",
                        xml -> encoded("<?xml version=\"1.0\" encoding=\"cp037\"?>" + xml, Charset.forName("cp037"))),
                octets("deflated", xml -> through(xml, DeflaterOutputStream::new)),
                octets("zipped", xml -> through(xml, GZIPOutputStream::new)),
                sent("not encoded", AssertionFlaw.NOT_BASE64, xml -> xml),
                sent(
                        "encoded twice",
                        AssertionFlaw.NOT_XML,
                        xml -> base64(
                                base64(encoded(xml, StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII))),
                sent(
                        "base64 with a blank",
                        AssertionFlaw.NOT_BASE64,
                        xml -> base64(encoded(xml, StandardCharsets.UTF_8)).replaceFirst("....", "$0 ")),
                sent(
                        "base64 of URLs",
                        AssertionFlaw.NOT_BASE64,
                        xml -> Base64.getUrlEncoder()
                                .encodeToString(encoded(xml + "<!--\u00ff\u00ff\u00fb-->", StandardCharsets.UTF_8))));
    }

    private static Attack octets(String name, Function<String, byte[]> octets) {
        return sent("octets of " + name, AssertionFlaw.NOT_XML, xml -> base64(octets.apply(xml)));
    }

    private static byte[] declared(String xml, String encoding) {
        return encoded("<?xml version=\"1.0\" encoding=\"%s\"?>%s".formatted(encoding, xml), StandardCharsets.UTF_8);
    }

    private static byte[] encoded(String text, Charset charset) {
        return text.getBytes(charset);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** A stream that compresses what goes through it. */
    private interface Compression {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] through(String text, Compression compression) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = compression.over(compressed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
