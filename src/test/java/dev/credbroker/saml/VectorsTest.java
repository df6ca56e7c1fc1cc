package dev.credbroker.saml;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every response and every certificate that lies in {@code third-party}, and what must become of it. */
class VectorsTest {

    static List<PublishedResponse> responses() {
        return PublishedResponse.all();
    }

    static Stream<PublishedResponse> signable() {
        return responses().stream().filter(response -> !response.signedAnew().isEmpty());
    }

    static Stream<List<String>> certificates() {
        return ThirdParty.table("certificates.csv").stream();
    }

    @ParameterizedTest
    @MethodSource("responses")
    void check_asItCame_isWhatTheTableSays(PublishedResponse response) {
        assertThat(PublishedResponse.outcome(response.check())).isEqualTo(response.asItCame());
    }

    /** Past the SHA-1 that most of them are signed with, each comes to what it was made for. */
    @ParameterizedTest
    @MethodSource("signable")
    void check_signedAnew_isWhatTheTableSays(PublishedResponse response) throws Exception {
        assertThat(PublishedResponse.outcome(response.checkSignedAnew())).isEqualTo(response.signedAnew());
    }

    @ParameterizedTest
    @MethodSource("certificates")
    void keys_ofACertificate_areReadOrRefusedForWhatTheTableSays(List<String> row) throws Exception {
        String pem = ThirdParty.text(row.getFirst());

        if (row.getLast().equals("2048")) {
            assertThat(Certificates.keys(pem))
                    .singleElement()
                    .satisfies(key -> assertThat(bits(key.key())).isEqualTo(2048));
        } else {
            assertThat(catchThrowableOfType(UnusableMetadata.class, () -> Certificates.keys(pem))
                            .failure())
                    .isEqualTo(MetadataFailure.valueOf(row.getLast()));
        }
    }

    @Test
    void tables_together_nameEveryFileOnce() {
        List<String> named = Stream.concat(
                        responses().stream().map(PublishedResponse::file),
                        certificates().map(List::getFirst))
                .toList();
        Set<String> files = ThirdParty.files().stream()
                .filter(Predicate.not(file -> file.endsWith("/LICENSE") || file.endsWith("/ORIGIN.txt")))
                .collect(toSet());

        assertThat(named).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(files);
        assertThat(responses()).hasSize(111);
        assertThat(certificates()).hasSize(17);
    }

    /** Whatever had a sound structure is also judged by what it says. */
    @Test
    void responses_passedByTheGateOfStructure_areAllSignedAnew() {
        assertThat(responses())
                .filteredOn(response -> Set.of("GENUINE", "SIGNATURE_METHOD").contains(response.asItCame()))
                .hasSize(46)
                .noneMatch(response -> response.signedAnew().isEmpty());
    }

    private static int bits(PublicKey key) {
        return ((RSAPublicKey) key).getModulus().bitLength();
    }
}
