package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.checkXml;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SignedParts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever is done to a response, it says what it said, or is not believed; and nothing is thrown. */
class AssertionCheckerPropertyTest {

    private static final String XML = response().signed(SignedParts.BOTH).xml();
    private static final CheckedAssertion ORIGINAL = genuine(checkXml(XML));

    /** Something that replaces a part of the text. */
    record Change(int from, int length, String by) {

        String applyTo(String text) {
            int start = Math.floorMod(from, text.length());
            return text.substring(0, start) + by + text.substring(Math.min(text.length(), start + length));
        }
    }

    @Property(tries = 400)
    void check_anyText_neverThrows(@ForAll String text) {
        assertThat(check(text, NOW)).isInstanceOf(AssertionCheck.Rejected.class);
    }

    @Property(tries = 400)
    void check_anyOctets_neverThrows(@ForAll @Size(max = 500) byte[] octets) {
        assertThat(check(Base64.getEncoder().encodeToString(octets), NOW)).isInstanceOf(AssertionCheck.Rejected.class);
    }

    @Property(tries = 1_500)
    void check_changedText_saysTheSameOrIsRejected(@ForAll("changes") Change change) {
        assertSameOrRejected(checkXml(change.applyTo(XML)));
    }

    @Property(tries = 400)
    void check_oneOctetChanged_saysTheSameOrIsRejected(@ForAll int at, @ForAll byte by) {
        byte[] octets = XML.getBytes(StandardCharsets.UTF_8);
        octets[Math.floorMod(at, octets.length)] = by;

        assertSameOrRejected(check(Base64.getEncoder().encodeToString(octets), NOW));
    }

    private static void assertSameOrRejected(AssertionCheck check) {
        switch (check) {
            case AssertionCheck.Genuine(CheckedAssertion assertion) -> {
                assertThat(assertion.nameId()).isEqualTo(ORIGINAL.nameId());
                assertThat(assertion.roles()).isEqualTo(ORIGINAL.roles());
                assertThat(assertion.attributesDigest()).isEqualTo(ORIGINAL.attributesDigest());
                assertThat(assertion.fingerprint()).isEqualTo(ORIGINAL.fingerprint());
            }
            case AssertionCheck.Rejected rejected -> assertThat(rejected.flaw()).isNotEqualTo(AssertionFlaw.UNFORESEEN);
            case AssertionCheck.Expired _, AssertionCheck.MetadataUnavailable _ ->
                throw new AssertionError("neither time nor keys were touched");
        }
    }

    @Provide
    Arbitrary<Change> changes() {
        Arbitrary<String> pieces = Arbitraries.of(
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
        return Combinators.combine(
                        Arbitraries.integers(), Arbitraries.integers().between(0, 60), pieces)
                .as(Change::new);
    }
}
