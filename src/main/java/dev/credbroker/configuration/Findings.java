package dev.credbroker.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The mistakes found so far. Collected, not thrown, so that an operator sees all of them at the first start. */
public final class Findings {

    private final List<Finding> found = new ArrayList<>();

    public void add(String property, String advice) {
        found.add(new Finding(property, advice));
    }

    /**
     * What {@code value} stands for; absent if {@code parser} refuses it with an
     * {@link IllegalArgumentException}, whose message then becomes the advice.
     */
    public <S, T> Optional<T> parse(String property, S value, Function<S, T> parser) {
        try {
            return Optional.of(parser.apply(value));
        } catch (IllegalArgumentException e) {
            add(property, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    public List<Finding> all() {
        return List.copyOf(found);
    }

    public boolean none() {
        return found.isEmpty();
    }
}
