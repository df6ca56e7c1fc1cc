package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.checker;
import static dev.credbroker.saml.TrustedProvider.response;
import static dev.credbroker.saml.TrustedProvider.responseToBroker;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.fuzz.Octets;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Whatever a provider signs is refused for a reason that is known, or understood as a plain reader understands it. */
class SignedResponseFuzzTest {

    private static final AssertionChecker CHECKER = checker(NOW);

    /** @param script the addressee, and the edits of the tree */
    @FuzzTest
    void check_changedBeforeSigning_isUnderstoodOrRefused(byte[] script) {
        Octets octets = new Octets(script);
        Optional<String> xml = signed(octets.either() ? responseToBroker() : full(), new ScriptedEdits(octets));

        xml.ifPresent(SignedResponseFuzzTest::assertUnderstoodOrRefused);
    }

    /** Absent if it cannot be signed any more. */
    private static Optional<String> signed(SamlDraft draft, ScriptedEdits edits) {
        try {
            return Optional.of(draft.algorithm(SamlSignatureAlgorithm.ECDSA_SHA256)
                    .beforeSigning(edits)
                    .xml());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void assertUnderstoodOrRefused(String xml) {
        Secret response = Secret.of(SamlDraft.encode(xml));
        switch (Cost.bounded(() -> CHECKER.check(response))) {
            case AssertionCheck.Genuine(CheckedAssertion assertion) ->
                assertUnderstood(assertion, PlainReader.read(xml));
            case AssertionCheck.Rejected rejected -> assertThat(rejected.flaw()).isNotEqualTo(AssertionFlaw.UNFORESEEN);
            case AssertionCheck.Expired _ -> {}
            case AssertionCheck.MetadataUnavailable _ -> throw new AssertionError("no keys were touched");
        }
    }

    private static void assertUnderstood(CheckedAssertion assertion, PlainReader plain) {
        NameId name = assertion.nameId();
        assertThat(plain.texts("NameID")).containsExactly(name.value());
        assertThat(plain.texts("NameID", "Format"))
                .isEqualTo(name.format().stream().toList());
        assertThat(plain.texts("NameID", "NameQualifier"))
                .isEqualTo(name.nameQualifier().stream().toList());
        assertThat(plain.texts("NameID", "SPNameQualifier"))
                .isEqualTo(name.spNameQualifier().stream().toList());
        assertThat(plain.texts("Issuer")).containsOnly(assertion.issuer());
        assertThat(plain.moments("Assertion", "IssueInstant")).containsExactly(assertion.issueInstant());
        assertThat(ends(plain).min(Instant::compareTo)).contains(assertion.notOnOrAfter());
        assertThat(plain.moments("AuthnStatement", "SessionNotOnOrAfter").min(Instant::compareTo))
                .isEqualTo(assertion.sessionNotOnOrAfter());
        assertThat(assertion.attributes()).isEqualTo(plain.attributes());
        assertThat(plain.roles())
                .containsAll(assertion.roles().stream()
                        .map(pair -> Stream.of(
                                        pair.role().toString(), pair.provider().toString())
                                .sorted()
                                .toList())
                        .toList());
        assertThat(plain.texts("Audience"))
                .contains(assertion.addressedToBroker() ? TrustedProvider.BROKER_AUDIENCE : "urn:amazon:webservices");
    }

    private static Stream<Instant> ends(PlainReader plain) {
        return Stream.concat(
                plain.moments("Conditions", "NotOnOrAfter"), plain.moments("SubjectConfirmationData", "NotOnOrAfter"));
    }

    /** With everything that AWS reads. */
    private static SamlDraft full() {
        return response()
                .sessionDuration(Duration.ofHours(4))
                .sourceIdentity("alice")
                .principalTag("team", "data")
                .transitiveTagKeys("team")
                .sessionNotOnOrAfter(NOW.plusSeconds(7200));
    }
}
