package dev.credbroker.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places for what was verified: {@code {subject}}, {@code {provider}}, {@code {attribute-name}}.
 *
 * <p>Never <code>${…}</code>, which the configuration would expand, or empty, before anyone sees it. A brace has no
 * other meaning and cannot be escaped.
 */
public final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");
    private static final String ADVICE =
            "a template names what was verified as {subject}, {provider} or {attribute-name}, never as ${...}; braces have no other use";

    /** What stands before, between and after the places: one more than there are places. */
    private final List<String> literals;

    private final List<String> places;

    private Template(List<String> literals, List<String> places) {
        this.literals = List.copyOf(literals);
        this.places = List.copyOf(places);
    }

    /** @throws IllegalArgumentException if a brace is not part of a place, or a place begins with a dollar */
    public static Template parse(String text) {
        return new Reader().read(text).template();
    }

    /** The same, but what {@code verbatim} finds is no place: it stays as it is. */
    static Template parse(String text, Pattern verbatim) {
        Reader reader = new Reader();
        Matcher kept = verbatim.matcher(text);
        int end = 0;
        while (kept.find()) {
            reader.read(text.substring(end, kept.start())).keep(kept.group());
            end = kept.end();
        }
        return reader.read(text.substring(end)).template();
    }

    /** The text with every place filled; absent if {@code values} has nothing for one of them. */
    public Optional<String> fill(Function<String, Optional<String>> values) {
        StringBuilder filled = new StringBuilder(literals.getFirst());
        for (int i = 0; i < places.size(); i++) {
            Optional<String> value = values.apply(places.get(i));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            filled.append(value.get()).append(literals.get(i + 1));
        }
        return Optional.of(filled.toString());
    }

    /** What the template asks for. */
    public Set<String> places() {
        return Set.copyOf(places);
    }

    /** Reads a text piece by piece. */
    private static final class Reader {

        private final List<String> literals = new ArrayList<>();
        private final List<String> places = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        Reader read(String text) {
            Matcher place = PLACE.matcher(text);
            int end = 0;
            while (place.find()) {
                plain(text.substring(end, place.start()));
                place(place.group(1));
                end = place.end();
            }
            plain(text.substring(end));
            return this;
        }

        void keep(String text) {
            refuseDollarBefore();
            literal.append(text);
        }

        Template template() {
            literals.add(literal.toString());
            return new Template(literals, places);
        }

        private void plain(String text) {
            if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
                throw new IllegalArgumentException(ADVICE);
            }
            literal.append(text);
        }

        private void place(String name) {
            refuseDollarBefore();
            literals.add(literal.toString());
            literal.setLength(0);
            places.add(name);
        }

        private void refuseDollarBefore() {
            if (!literal.isEmpty() && literal.charAt(literal.length() - 1) == '$') {
                throw new IllegalArgumentException(ADVICE);
            }
        }
    }
}
