package dev.credbroker.saml;

import static dev.credbroker.saml.Attack.written;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts as large as they may be, made to cost as much as they can. */
final class Bombs {

    private static final int LARGE = 70_000;

    private Bombs() {}

    static Stream<Attack> all() {
        String root = "<samlp:Response xmlns:samlp=\"" + Elements.PROTOCOL + "\" Version=\"2.0\"";
        return Stream.of(
                bomb("depth", AssertionFlaw.NOT_XML, "<a>".repeat(LARGE / 7) + "</a>".repeat(LARGE / 7)),
                bomb("depth without an end", AssertionFlaw.NOT_XML, "<a>".repeat(LARGE / 3)),
                bomb("breadth", AssertionFlaw.TOO_COMPLEX, root + ">" + "<a/>".repeat(LARGE / 4) + "</samlp:Response>"),
                bomb("attributes", AssertionFlaw.NOT_XML, root + many(" a%d=\"\"", 7) + "/>"),
                bomb("namespaces", AssertionFlaw.NOT_XML, root + many(" xmlns:a%d=\"u\"", 15) + "/>"),
                bomb("nested namespaces", AssertionFlaw.NOT_XML, many("<a xmlns:a%d=\"u\">", 24)),
                bomb(
                        "one text",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        root + ">" + "x".repeat(LARGE) + "</samlp:Response>"),
                bomb("one name", AssertionFlaw.NOT_XML, "<" + "x".repeat(LARGE) + "/>"),
                bomb(
                        "entities",
                        AssertionFlaw.NOT_XML,
                        "<!DOCTYPE a [<!ENTITY a \"" + "x".repeat(1000) + "\">]><a>" + "&a;".repeat(20_000) + "</a>"),
                bomb("character references", AssertionFlaw.NOT_A_RESPONSE, "<a>" + "&#65;".repeat(LARGE / 5) + "</a>"),
                written(
                        "bomb of a prefix list",
                        AssertionFlaw.TRANSFORMS,
                        xml -> xml.replaceFirst(
                                "(<ds:Transform Algorithm=\"[^\"]*exc-c14n#\")/>",
                                "$1><ec:InclusiveNamespaces xmlns:ec=\"%s\" PrefixList=\"%s\"/></ds:Transform>"
                                        .formatted(Elements.EXCLUSIVE_C14N, "y ".repeat(25_000)))));
    }

    private static Attack bomb(String name, AssertionFlaw reason, String text) {
        return written("bomb of " + name, reason, xml -> text);
    }

    private static String many(String pattern, int length) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, 45_000 / length).forEach(i -> text.append(pattern.formatted(i)));
        return text.toString();
    }
}
