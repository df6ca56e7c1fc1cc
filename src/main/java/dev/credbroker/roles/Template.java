package dev.credbroker.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    private final List<Part> parts;

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Place(String name) implements Part {}
    }

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException if a brace is not part of a place, or a place begins with a dollar */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find()) {
            if (place.start() > 0 && text.charAt(place.start() - 1) == '$') {
                throw new IllegalArgumentException(ADVICE);
            }
            literal(text.substring(end, place.start()), parts);
            parts.add(new Part.Place(place.group(1)));
            end = place.end();
        }
        literal(text.substring(end), parts);
        return new Template(parts);
    }

    private static void literal(String text, List<Part> parts) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException(ADVICE);
        }
        if (!text.isEmpty()) {
            parts.add(new Part.Literal(text));
        }
    }

    /** The text with every place filled; absent if {@code values} has nothing for one of them. */
    public Optional<String> fill(Function<String, Optional<String>> values) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            Optional<String> text = switch (part) {
                case Part.Literal literal -> Optional.of(literal.text());
                case Part.Place place -> values.apply(place.name());
            };
            if (text.isEmpty()) {
                return Optional.empty();
            }
            filled.append(text.get());
        }
        return Optional.of(filled.toString());
    }

    /** What the template asks for. */
    public Set<String> places() {
        return parts.stream()
                .filter(Part.Place.class::isInstance)
                .map(part -> ((Part.Place) part).name())
                .collect(Collectors.toUnmodifiableSet());
    }
}
