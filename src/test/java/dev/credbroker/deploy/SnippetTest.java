package dev.credbroker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SnippetTest {

    @Test
    void everyExampleForClients_saysWhetherItIsRun() {
        assertThat(Snippet.of(Path.of("docs/clients.md")))
                .hasSizeGreaterThan(10)
                .allMatch(Snippet::saysWhetherItIsRun);
    }
}
