package dev.credbroker.oidc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.secret.Secret;
import java.util.Base64;

/** A text is the token that was signed, or is not believed: of the seeds one is genuine, and nothing made from it. */
class TokenTextFuzzTest {

    private static final JwtChecker CHECKER = KnownIssuer.checker(0);
    private static final CheckedJwt SIGNED = KnownIssuer.genuine(KnownIssuer.token());

    @FuzzTest
    void check_anyText_saysWhatWasSignedOrIsRejected(byte[] text) {
        Secret token = Secret.of(new String(text, ISO_8859_1));

        switch (Cost.bounded(() -> CHECKER.check(token))) {
            case JwtCheck.Genuine(CheckedJwt jwt) -> {
                assertThat(jwt.claimsDigest()).isEqualTo(SIGNED.claimsDigest());
                assertThat(jwt.expiration()).isEqualTo(SIGNED.expiration());
                assertThat(token.reveal().split("\\.")).allMatch(TokenTextFuzzTest::isTheOneSpelling);
            }
            case JwtCheck.Rejected rejected -> assertThat(rejected.flaw()).isNotEqualTo(JwtFlaw.UNREADABLE);
            case JwtCheck.KeysMissing _ -> {}
            case JwtCheck.Expired _, JwtCheck.KeysUnavailable _ ->
                throw new AssertionError("neither time nor keys were touched");
        }
    }

    private static boolean isTheOneSpelling(String part) {
        return TestKey.encoded(Base64.getUrlDecoder().decode(part)).equals(part);
    }
}
