package dev.credbroker.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A text is no ARN, or the very one that it spells; and two patterns overlap if an ARN is meant by both. */
class ArnFuzzTest {

    /** @param lines an ARN or a pattern each */
    @FuzzTest
    void parse_anyText_isRefusedOrSpelledOut(byte[] lines) {
        List<String> texts = new String(lines, UTF_8).lines().limit(3).toList();

        texts.forEach(ArnFuzzTest::assertSpelledOut);
        assertOverlapping(texts);
    }

    private static void assertSpelledOut(String text) {
        Optional<RoleArn> role = parsed(text, RoleArn::parse);
        Optional<RoleArnPattern> roles = parsed(text, RoleArnPattern::parse);
        Optional<SamlProviderArn> provider = parsed(text, SamlProviderArn::parse);
        Optional<SamlProviderArnPattern> providers = parsed(text, SamlProviderArnPattern::parse);

        assertThat(Stream.of(role, roles, provider, providers).flatMap(Optional::stream))
                .allSatisfy(arn -> assertThat(arn).hasToString(text));
        assertThat(Stream.of(role, provider).flatMap(Optional::stream))
                .allSatisfy(arn -> assertThat(text).matches("arn:aws[a-z-]*:iam::[0-9]{12}:[!-)+-~]+"));
        assertThat(roles.flatMap(RoleArnPattern::exact)).isEqualTo(role);
        assertThat(provider.map(arn -> providers.orElseThrow().matches(arn)).orElse(true))
                .isTrue();
    }

    private static void assertOverlapping(List<String> texts) {
        List<RoleArnPattern> patterns = each(texts, RoleArnPattern::parse);
        for (RoleArn arn : each(texts, RoleArn::parse)) {
            List<RoleArnPattern> meaning =
                    patterns.stream().filter(pattern -> pattern.matches(arn)).toList();
            assertThat(meaning).allMatch(pattern -> meaning.stream().allMatch(pattern::overlaps));
        }
    }

    private static <T> List<T> each(List<String> texts, Function<String, T> parser) {
        return texts.stream()
                .map(text -> parsed(text, parser))
                .flatMap(Optional::stream)
                .toList();
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
        return Cost.bounded(() -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }
}
