package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.IDP;
import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.pem;
import static dev.credbroker.saml.TrustedProvider.response;
import static dev.credbroker.saml.TrustedProvider.responseToBroker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SamlKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the dates of a certificate mean: nothing, unless the operator wants them to. */
class CertificateDatesTest {

    private static final X509Certificate CERTIFICATE = IDP.certificates().getFirst();
    private static final Instant BEGINNING = CERTIFICATE.getNotBefore().toInstant();
    private static final Instant END = CERTIFICATE.getNotAfter().toInstant();
    private static final String[] REFUSE = {"expired-certificates", "refuse"};
    private static final AssertionCheck UNAVAILABLE = new AssertionCheck.MetadataUnavailable("adfs");

    /** Its certificate ran out a day ago, after ten years. */
    private static final SamlKey OLD = SamlKey.rsa("adfs", NOW.minus(Duration.ofDays(3651)));

    private final Findings findings = new Findings();
    private Instant now = NOW;

    @ParameterizedTest
    @EnumSource
    void refuse_outsideTheDates_hasNoKey(Addressee addressee) {
        SamlProviders providers = providers(REFUSE);

        assertThat(checkAt(BEGINNING.minusSeconds(1), providers, addressee)).isEqualTo(UNAVAILABLE);
        assertThat(checkAt(BEGINNING, providers, addressee)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(checkAt(END, providers, addressee)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(checkAt(END.plusSeconds(1), providers, addressee)).isEqualTo(UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void accept_outsideTheDates_isGenuine(Addressee addressee) {
        SamlProviders providers = providers();

        assertThat(checkAt(BEGINNING.minusSeconds(1), providers, addressee)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(checkAt(END.plusSeconds(1), providers, addressee)).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void refuse_lastKeyRunOut_isSeenInTheState() {
        SamlProviders providers = providers(REFUSE);

        now = END;
        assertThat(providers.states().getFirst().usable()).isTrue();
        now = END.plusSeconds(1);
        assertThat(providers.states().getFirst().usable()).isFalse();
    }

    @Test
    void refuse_oneOfTwoRunOut_trustsTheOtherOnly() {
        String[] second = {"signing-certificates[1]", pem(OLD.certificate())};
        String[] refused = {second[0], second[1], REFUSE[0], REFUSE[1]};

        assertThat(check(response(), refused)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response().signedWith(OLD), refused)).isEqualTo(AssertionFlaw.SIGNATURE);
        assertThat(check(response().signedWith(OLD), second)).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void refuse_keyWithANewCertificate_isTrustedByThatOne() throws Exception {
        PublicKey key = CERTIFICATE.getPublicKey();
        CertifiedKey old = new CertifiedKey(key, Instant.EPOCH, NOW.minusSeconds(1));
        CertifiedKey renewed = new CertifiedKey(key, NOW, END);
        CertifiedKey again = new CertifiedKey(key, NOW, END.plusSeconds(1));
        FixedKeys keys = new FixedKeys(Certificates.few(List.of(old, renewed, again, old)), Optional.empty());

        assertThat(keys.keys()).containsExactly(old, renewed, again);
        assertThat(new SamlProvider(refusing(), keys).keysAt(NOW)).contains(List.of(key));
    }

    // At the start.

    @Test
    void refuse_noKeyLeftAtTheStart_isFound(@TempDir Path folder) throws IOException {
        Path metadata = Files.writeString(folder.resolve("metadata.xml"), IDP.metadata());
        now = END.plusSeconds(1);
        providers();
        providers("metadata", metadata.toString(), "signing-certificates[0]", "", "signing-certificates[1]", "");
        assertThat(findings.all()).isEmpty();

        providers(REFUSE);
        providers(
                "metadata",
                metadata.toString(),
                "signing-certificates[0]",
                "",
                "signing-certificates[1]",
                "",
                REFUSE[0],
                REFUSE[1]);

        assertThat(findings.all())
                .extracting(Finding::property)
                .containsExactly("broker.saml.adfs.expired-certificates", "broker.saml.adfs.expired-certificates");
    }

    @Test
    void start_withACertificateOutsideItsDates_warnsOfItsProvider() {
        String[] old = {"signing-certificates[0]", pem(OLD.certificate())};

        assertThat(warnings(providers(old))).singleElement().asString().contains("adfs", "is trusted all the same");
        assertThat(warnings(providers(old[0], old[1], REFUSE[0], REFUSE[1])))
                .singleElement()
                .asString()
                .contains("adfs", "is not trusted");
        assertThat(warnings(providers())).isEmpty();
    }

    private SamlProviders providers(String... settings) {
        return SamlProviders.from(TrustedProvider.config(settings), findings, () -> now);
    }

    /** Of a response that is fresh at that moment. */
    private AssertionCheck checkAt(Instant moment, SamlProviders providers, Addressee addressee) {
        now = moment;
        SamlDraft draft = addressee == Addressee.AWS ? response() : responseToBroker();
        String fresh = draft.issueInstant(moment)
                .notBefore(moment)
                .notOnOrAfter(moment.plus(Duration.ofMinutes(5)))
                .encode();
        return new AssertionChecker(providers, () -> now).check(Secret.of(fresh));
    }

    private static ProviderSettings refusing() {
        return new ProviderSettings(
                "adfs",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                true,
                Duration.ZERO,
                Duration.ZERO,
                SignInRules.NONE,
                Map.of());
    }

    private static List<String> warnings(SamlProviders providers) {
        List<String> warnings = new ArrayList<>();
        Handler handler = AssertionCheckerTest.collecting(warnings);
        Logger logger = Logger.getLogger(SamlProviders.class.getName());
        logger.addHandler(handler);
        try {
            providers.start();
        } finally {
            logger.removeHandler(handler);
            providers.close();
        }
        return warnings;
    }
}
