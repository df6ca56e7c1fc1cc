package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.IDP;
import static dev.credbroker.saml.TrustedProvider.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.MethodSource;

/** A document is of no use, or names one provider that is not over yet, with one to three strong keys out of it. */
class MetadataFuzzTest {

    static Stream<Named<byte[]>> known() {
        String metadata = IDP.metadata();
        String group = "<md:EntitiesDescriptor xmlns:md=\"" + Elements.METADATA
                + "\" validUntil=\"2026-02-01T00:00:00Z\">" + metadata + "</md:EntitiesDescriptor>";
        return Stream.of(metadata, group).map(text -> Named.of(text.substring(0, 24), text.getBytes(UTF_8)));
    }

    @MethodSource("known")
    @FuzzTest
    void read_anyDocument_isUsableOrRefused(byte[] document) {
        Cost.bounded(() -> read(document)).ifPresent(metadata -> {
            assertThat(metadata.expired(NOW)).isFalse();
            assertThat(metadata.entityId()).isNotBlank();
            assertThat(metadata.signingKeys()).hasSizeBetween(1, 3).doesNotHaveDuplicates();
        });
    }

    private static Optional<IdpMetadata> read(byte[] document) {
        try {
            return Optional.of(MetadataReader.read(document, Optional.empty(), NOW));
        } catch (UnusableMetadata e) {
            return Optional.empty();
        }
    }
}
