package dev.credbroker.secret;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FingerprintPropertyTest {

    @Property
    void fingerprint_ofAnySecret_isSixteenDigitsAndStable(@ForAll String text) {
        Fingerprint fingerprint = Fingerprint.of(Secret.of(text));

        assertThat(fingerprint.digits()).matches("[0-9a-f]{16}");
        assertThat(fingerprint).isEqualTo(Fingerprint.of(text));
    }
}
