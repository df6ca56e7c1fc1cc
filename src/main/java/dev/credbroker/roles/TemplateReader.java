package dev.credbroker.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a template piece by piece. */
final class TemplateReader {

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");
    private static final String ADVICE =
            "a template names what was verified as {subject}, {provider} or {attribute-name}, never as ${...}; braces have no other use";
    private static final String SIDE_BY_SIDE =
            "two places stand side by side, and nobody could tell where one value ends: put a separator between them";

    private final List<String> literals = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    /** @throws IllegalArgumentException as {@link Template#parse} does */
    TemplateReader read(String text) {
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

    /** What is no place, whatever it looks like. */
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
        if (literal.isEmpty() && !places.isEmpty()) {
            throw new IllegalArgumentException(SIDE_BY_SIDE);
        }
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
