package dev.credbroker.saml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What others have published; origin and licence lie beside each file. */
final class ThirdParty {

    private ThirdParty() {}

    static String text(String file) {
        try (InputStream stream = ThirdParty.class.getResourceAsStream("/third-party/" + file)) {
            if (stream == null) {
                throw new IllegalArgumentException("no such file: " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
