package dev.credbroker.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionNamesTest {

    private static final String ISSUER = "https://idp.example.com";

    @ParameterizedTest
    @ValueSource(strings = {"al", "alice@example.com", "a=b", "x=123456789", "x=12345678901", "x=1234.56789"})
    void fit_whatAwsTakes_staysAsItIs(String text) {
        assertThat(fit(text)).isEqualTo(text);
    }

    @Test
    void fit_nameOf64Characters_staysAsItIs() {
        assertThat(fit("n".repeat(64))).isEqualTo("n".repeat(64));
    }

    @Test
    void fit_nameOf65Characters_isCutTo53AndTheDigits() {
        assertThat(fit("n".repeat(65))).matches("n{53}=[A-Za-z0-9_-]{10}");
    }

    @ParameterizedTest
    @CsvSource({
        "John Doe/äö, John_Doe___",
        "a, a",
        "'', ''",
        "CORP\\alice, CORP_alice",
        "a\uD83D\uDE00b, a_b",
        "auth0|4711, auth0_4711"
    })
    void fit_whatAwsDoesNotTake_isRewrittenAndEndsInDigits(String text, String kept) {
        assertThat(fit(text)).startsWith(kept + "=").hasSize(kept.length() + 11);
    }

    /** SHA-256 of {@code 23:https://idp.example.com8:John Doe}, two bytes for each character, in base64url. */
    @Test
    void fit_theSameSubject_isForEverTheSameName() {
        assertThat(fit("John Doe")).isEqualTo("John_Doe=bsz5q1fUH7");
    }

    @ParameterizedTest
    @CsvSource({"a b, a/b", "é é, e\u0301 e\u0301", "\uD800, \uD801", "\uD83D, ?", "A b, A  b"})
    void fit_twoSubjectsThatAreRewrittenAlike_neverShareAName(String one, String other) {
        assertThat(fit(one)).isNotEqualTo(fit(other));
    }

    @Test
    void fit_twoLongSubjectsThatBeginAlike_neverShareAName() {
        assertThat(fit("n".repeat(65))).isNotEqualTo(fit("n".repeat(66)));
    }

    @Test
    void fit_oneSubjectOfTwoIssuers_neverSharesAName() {
        assertThat(SessionNames.fit("a b", "https://one.example.com", List.of("a b")))
                .isNotEqualTo(SessionNames.fit("a b", "https://two.example.com", List.of("a b")));
    }

    @Test
    void fit_oneTextWithTwoQualifiers_neverSharesAName() {
        assertThat(SessionNames.fit("a b", ISSUER, List.of("a b", "-x", "")))
                .isNotEqualTo(SessionNames.fit("a b", ISSUER, List.of("a b", "", "-x")));
    }

    @Test
    void fit_issuerThatRunsOverIntoTheSubject_neverSharesAName() {
        assertThat(SessionNames.fit("a b", "xy", List.of("z")))
                .isNotEqualTo(SessionNames.fit("a b", "x", List.of("yz")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a:b", "a1:b"})
    void fit_twoPartsAndOneThatLooksLikeBoth_neverShareAName(String one) {
        assertThat(SessionNames.fit("a b", ISSUER, List.of("a", "b")))
                .isNotEqualTo(SessionNames.fit("a b", ISSUER, List.of(one)));
    }

    @Test
    void fit_whatLooksRewritten_isRewrittenToo() {
        String rewritten = fit("a b");

        assertThat(fit(rewritten)).isNotEqualTo(rewritten).startsWith(rewritten + "=");
    }

    /** The name of somebody without a text is digits alone: that must not be anybody else's text either. */
    @Test
    void fit_whatLooksLikeAnEmptyTextRewritten_isRewrittenToo() {
        String rewritten = fit("");

        assertThat(rewritten).hasSize(11);
        assertThat(fit(rewritten)).isNotEqualTo(rewritten).startsWith(rewritten + "=");
    }

    private static String fit(String subject) {
        return SessionNames.fit(subject, ISSUER, List.of(subject)).text();
    }
}
