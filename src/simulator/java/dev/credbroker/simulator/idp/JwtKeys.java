package dev.credbroker.simulator.idp;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The keys that a provider publishes: one per algorithm of the present generation, and older ones during an overlap. */
final class JwtKeys {

    private final String owner;
    private final Set<JwtAlgorithm> algorithms;
    private final List<JwtKey> older = new ArrayList<>();
    private List<JwtKey> present = List.of();
    private int generation;

    JwtKeys(String owner, Set<JwtAlgorithm> algorithms) {
        this.owner = owner;
        this.algorithms = algorithms;
    }

    synchronized JwtKey of(JwtAlgorithm algorithm) {
        return present().stream()
                .filter(key -> key.algorithm() == algorithm)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(owner + " has no key for " + algorithm));
    }

    /** What signs unless another algorithm is asked for: RS256 as everywhere, or whatever there is. */
    synchronized JwtKey usual() {
        return algorithms.contains(JwtAlgorithm.RS256)
                ? of(JwtAlgorithm.RS256)
                : present().getFirst();
    }

    synchronized String json() {
        return Stream.concat(present().stream(), older.stream())
                .map(JwtKey::json)
                .collect(joining(",", "{\"keys\":[", "]}"));
    }

    /** New keys sign; the old ones are withdrawn at once. */
    synchronized void rotate() {
        older.clear();
        present = generate();
    }

    /** New keys sign; the old ones stay published until the next {@link #rotate()}. */
    synchronized void overlap() {
        older.addAll(present());
        present = generate();
    }

    /** Made when first asked for: RSA keys take their time, and many a provider only speaks SAML. */
    private List<JwtKey> present() {
        if (present.isEmpty()) {
            present = generate();
        }
        return present;
    }

    private List<JwtKey> generate() {
        generation++;
        return algorithms.stream()
                .map(algorithm ->
                        JwtKey.generate("%s-%s-%d".formatted(owner, algorithm.identifier(), generation), algorithm))
                .toList();
    }
}
