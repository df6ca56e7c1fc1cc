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
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever is done to a response, it says what it said, or is not believed; and nothing is thrown. */
class AssertionCheckerPropertyTest {

    private static final String XML = response().signed(SignedParts.BOTH).xml();
    private static final CheckedAssertion ORIGINAL = genuine(checkXml(XML));

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
        return Change.any();
    }
}
