package dev.credbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the Javadoc says; {@code -Dupdate.docs=true} writes it anew. */
class ConfigurationReferenceTest {

    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final String BEGIN = "<!-- properties: written from the Javadoc -->";
    private static final Map<String, String> HEADINGS = Map.of(
            "issuers", "OIDC issuers",
            "saml", "SAML identity providers",
            "roles", "Roles",
            "sts", "AWS STS",
            "cache", "Held sessions",
            "audit", "Audit log",
            "tls", "TLS");

    @Test
    void document_ofTheConfiguration_isWhatTheJavadocSays() throws IOException {
        String written = Files.readString(DOCUMENT);
        String current = written.substring(0, written.indexOf(BEGIN)) + BEGIN + "\n" + tables();
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(DOCUMENT, current);
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(current);
    }

    private static String tables() throws IOException {
        Map<String, List<String>> rows = ConfigurationReference.read();
        assertThat(rows.keySet()).isEqualTo(HEADINGS.keySet());
        StringBuilder text = new StringBuilder();
        for (String section : List.of("issuers", "saml", "roles", "sts", "cache", "audit", "tls")) {
            text.append("\n## ")
                    .append(HEADINGS.get(section))
                    .append(": `broker.")
                    .append(section)
                    .append("`\n\n");
            text.append("| property | default | meaning |\n|---|---|---|\n");
            rows.getOrDefault(section, List.of())
                    .forEach(row -> text.append(row).append('\n'));
        }
        return text.toString();
    }
}
