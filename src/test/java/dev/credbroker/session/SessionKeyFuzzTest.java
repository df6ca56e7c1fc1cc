package dev.credbroker.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.fuzz.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two specs have one key if they are equal, and only then. */
class SessionKeyFuzzTest {

    private static final int TEXTS = 16;

    /** What a spec may hold besides provider, issuer, subject and statement. */
    private static final List<BiConsumer<Plans, List<String>>> SETTINGS = List.of(
            (plans, texts) -> plans.sessionName(texts.get(6)),
            (plans, texts) -> plans.sourceIdentity(texts.get(7)),
            (plans, texts) -> plans.externalId(texts.get(8)),
            (plans, texts) -> plans.policies(texts.get(9)),
            (plans, texts) -> plans.policies("{}", "arn:aws:iam::aws:policy/" + texts.get(10)),
            (plans, texts) -> plans.tags(Map.of(texts.get(11), texts.get(12))),
            (plans, texts) -> plans.tags(Map.of(texts.get(11), texts.get(12), texts.get(13), "x"), texts.get(11)),
            (plans, texts) -> plans.role("arn:aws:iam::123456789012:role/" + texts.get(14)),
            (plans, texts) -> plans.samlProvider("arn:aws:iam::123456789012:saml-provider/" + texts.get(15)),
            (plans, texts) -> plans.named(7200));

    /** @param octets a spec's texts and settings, where borders between its texts move, and the settings that result */
    @FuzzTest
    void key_ofTwoSpecs_isTheSameOnlyIfTheyAre(byte[] octets) {
        Octets read = new Octets(octets);
        List<String> texts = Stream.generate(read::text).limit(TEXTS).toList();
        int settings = read.below(1 << 16);
        SessionSpec one = spec(texts, settings);
        SessionSpec other = spec(moved(texts, read), read.either() ? read.below(1 << 16) : settings);

        boolean same = Cost.bounded(() -> SessionKey.of(one).equals(SessionKey.of(other)));

        assertThat(same).as("%s and %s", one, other).isEqualTo(one.equals(other));
    }

    /** The same characters, but here and there a border between two neighbours lies elsewhere. */
    private static List<String> moved(List<String> texts, Octets octets) {
        List<String> moved = new ArrayList<>(texts);
        for (int i = octets.below(4); i > 0; i--) {
            int at = octets.below(TEXTS - 1);
            String both = moved.get(at) + moved.get(at + 1);
            int border = octets.below(both.length() + 1);
            moved.set(at, both.substring(0, border));
            moved.set(at + 1, both.substring(border));
        }
        return moved;
    }

    private static SessionSpec spec(List<String> texts, int settings) {
        Plans plans = List.of(Plans.webIdentity(), Plans.saml(), Plans.assumeRole(), Plans.webIdentity())
                .get(settings & 3)
                .provider(texts.get(0), texts.get(1))
                .subject(texts.subList(2, 3 + (settings >> 2 & 1)).toArray(String[]::new));
        if ((settings >> 3 & 1) == 1) {
            plans.statement(texts.get(5));
        }
        IntStream.range(0, SETTINGS.size())
                .filter(i -> (settings >> i + 4 & 1) == 1)
                .forEach(i -> set(SETTINGS.get(i), plans, texts));
        return plans.spec();
    }

    private static void set(BiConsumer<Plans, List<String>> setting, Plans plans, List<String> texts) {
        try {
            setting.accept(plans, texts);
        } catch (IllegalArgumentException e) {
            // AWS would not take it, so no spec holds it.
        }
    }
}
