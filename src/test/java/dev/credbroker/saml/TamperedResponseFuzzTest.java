package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.checker;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static dev.credbroker.saml.TrustedProvider.response;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.fuzz.Octets;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SignedParts;
import dev.credbroker.simulator.idp.Xml;
import java.util.List;
import java.util.stream.Stream;
import org.w3c.dom.Document;

/** Whatever is done to a response after it was signed, it says what it said, or is not believed. */
class TamperedResponseFuzzTest {

    private static final List<String> SIGNED = Stream.of(SignedParts.values())
            .map(parts -> response().signed(parts).xml())
            .toList();
    private static final AssertionChecker CHECKER = checker(NOW, "signature", "response-or-assertion");
    private static final CheckedAssertion ORIGINAL = genuine(response());

    /** @param script which parts are signed, the edits of the tree, and those of the text */
    @FuzzTest
    void check_changedAfterSigning_saysTheSameOrIsRejected(byte[] script) throws StrictXml.NotXml {
        Octets octets = new Octets(script);
        ScriptedEdits edits = new ScriptedEdits(octets);
        Document signed = StrictXml.parse(octets.of(SIGNED).getBytes(UTF_8));
        Secret response = Secret.of(SamlDraft.encode(edits.applyTo(Xml.write(edits.apply(signed)))));

        switch (Cost.bounded(() -> CHECKER.check(response))) {
            case AssertionCheck.Genuine(CheckedAssertion assertion) -> {
                assertThat(assertion.nameId()).isEqualTo(ORIGINAL.nameId());
                assertThat(assertion.issuer()).isEqualTo(ORIGINAL.issuer());
                assertThat(assertion.roles()).isEqualTo(ORIGINAL.roles());
                assertThat(assertion.issueInstant()).isEqualTo(ORIGINAL.issueInstant());
                assertThat(assertion.notOnOrAfter()).isEqualTo(ORIGINAL.notOnOrAfter());
                assertThat(assertion.attributesDigest()).isEqualTo(ORIGINAL.attributesDigest());
            }
            case AssertionCheck.Rejected rejected -> assertThat(rejected.flaw()).isNotEqualTo(AssertionFlaw.UNFORESEEN);
            case AssertionCheck.Expired _, AssertionCheck.MetadataUnavailable _ ->
                throw new AssertionError("neither time nor keys were touched");
        }
    }
}
