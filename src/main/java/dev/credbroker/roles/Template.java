package dev.credbroker.roles;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A text with places for what was verified: {@code {subject}}, {@code {provider}}, {@code {attribute-name}}.
 *
 * <p>Never <code>${…}</code>, which the configuration would expand, or empty, before anyone sees it. A brace has no
 * other meaning and cannot be escaped.
 *
 * <p>Places are kept apart by what stands between them, so that nobody of team {@code a-b} called {@code c} is taken for
 * somebody of team {@code a} called {@code b-c}. One place is open and may hold anything: the subject, or else the last
 * attribute. The values before it are read from the left, those after it from the right, and none of them may hold the
 * separator on that side. The provider's name may, as long as {@link #confused} finds no other that it could be.
 */
public final class Template {

    public static final String SUBJECT = "subject";
    public static final String PROVIDER = "provider";

    /** What stands before, between and after the places: one more than there are places. */
    private final List<String> literals;

    private final List<String> places;

    /** The place that may hold anything. */
    private final int open;

    Template(List<String> literals, List<String> places) {
        this.literals = List.copyOf(literals);
        this.places = List.copyOf(places);
        this.open = open(places);
    }

    private static int open(List<String> places) {
        int subject = places.indexOf(SUBJECT);
        return subject >= 0
                ? subject
                : IntStream.range(0, places.size())
                        .filter(place -> !places.get(place).equals(PROVIDER))
                        .max()
                        .orElse(0);
    }

    /** @throws IllegalArgumentException if a brace is not part of a place, a place begins with a dollar, or two adjoin */
    public static Template parse(String text) {
        return new TemplateReader().read(text).template();
    }

    /** The same, but what {@code verbatim} finds is no place: it stays as it is. */
    static Template parse(String text, Pattern verbatim) {
        TemplateReader reader = new TemplateReader();
        Matcher kept = verbatim.matcher(text);
        int end = 0;
        while (kept.find()) {
            reader.read(text.substring(end, kept.start())).keep(kept.group());
            end = kept.end();
        }
        return reader.read(text.substring(end)).template();
    }

    public Filling fill(Function<String, Optional<String>> values) {
        StringBuilder filled = new StringBuilder(literals.getFirst());
        boolean distinct = true;
        for (int i = 0; i < places.size(); i++) {
            Optional<String> value = values.apply(places.get(i));
            if (value.isEmpty()) {
                return new Filling.Incomplete();
            }
            filled.append(value.get()).append(literals.get(i + 1));
            distinct &= ends(i, value.get());
        }
        return distinct ? new Filling.Distinct(filled.toString()) : new Filling.Ambiguous(filled.toString());
    }

    /** Whether one can see in the filled text where {@code value} ends. */
    private boolean ends(int place, String value) {
        if (place == open || places.get(place).equals(PROVIDER)) {
            return true;
        }
        String separator = separator(place);
        return place < open
                ? (value + separator).indexOf(separator) == value.length()
                : (separator + value).lastIndexOf(separator) == 0;
    }

    /** What stands between a place and its neighbour on the way to the open one. */
    private String separator(int place) {
        return literals.get(place < open ? place + 1 : place);
    }

    /**
     * Two of {@code providers} that could be taken for one another, since the one's name is the other's with the
     * separator and more: {@code corp} and {@code corp-eu} in <code>{provider}-{subject}</code>.
     */
    Optional<List<String>> confused(Set<String> providers) {
        return IntStream.range(0, places.size())
                .filter(place -> place != open && places.get(place).equals(PROVIDER))
                .boxed()
                .flatMap(place -> providers.stream()
                        .flatMap(one -> providers.stream()
                                .filter(other -> !other.equals(one) && confused(place, one, other))
                                .map(other -> List.of(one, other))))
                .findFirst();
    }

    private boolean confused(int place, String one, String other) {
        String separator = separator(place);
        return place < open
                ? (other + separator).startsWith(one + separator)
                : (separator + other).endsWith(separator + one);
    }

    /** Whether two providers' people of one subject come out alike. */
    boolean namesSubjectAlone() {
        return places.contains(SUBJECT) && !places.contains(PROVIDER);
    }

    /** What the template asks for. */
    public Set<String> places() {
        return Set.copyOf(places);
    }
}
