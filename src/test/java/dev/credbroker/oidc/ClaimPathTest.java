package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimPathTest {

    @Test
    void parse_namesAndQuotedNames_areTheSteps() {
        assertThat(ClaimPath.parse("sub").names()).containsExactly("sub");
        assertThat(ClaimPath.parse("realm_access.roles").names()).containsExactly("realm_access", "roles");
        assertThat(ClaimPath.parse("resource_access.\"my.client\".roles").names())
                .isEqualTo(List.of("resource_access", "my.client", "roles"));
        assertThat(ClaimPath.parse("\"https://example.com/groups\"").names())
                .containsExactly("https://example.com/groups");
        assertThat(ClaimPath.parse("\"with space\"").names()).containsExactly("with space");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "\"a", "a\"b", "\"\"", "\"a\"b", "a.\"\"", "a\n"})
    void parse_anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ClaimPath.parse(text));
    }
}
