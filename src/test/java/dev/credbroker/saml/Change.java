package dev.credbroker.saml;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Something that replaces a part of a text, or is put into it: of the kinds that have misled readers of XML. */
record Change(int from, int length, String by) {

    private static final Arbitrary<String> PIECES = Arbitraries.of(
            "",
            " ",
            "\n",
            "x",
            "<",
            ">",
            "&",
            "\"",
            "'",
            "/",
            "<!---->",
            "<?x y?>",
            "<![CDATA[x]]>",
            "&#x41;",
            "<saml:Assertion>",
            "</saml:Assertion>",
            "<saml:NameID>mallory</saml:NameID>",
            "<ds:Signature/>",
            " ID=\"_x\"",
            " xmlns:saml=\"urn:x\"",
            " xmlns=\"\"",
            " xmlns:v=\"1\"",
            "<saml:Advice/>");

    static Arbitrary<Change> any() {
        return Combinators.combine(
                        Arbitraries.integers(), Arbitraries.integers().between(0, 60), PIECES)
                .as(Change::new);
    }

    String applyTo(String text) {
        int start = Math.floorMod(from, text.length());
        return text.substring(0, start) + by + text.substring(Math.min(text.length(), start + length));
    }
}
