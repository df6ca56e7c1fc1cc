package dev.credbroker.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How much is measured; each is a property of the build.
 *
 * @param parts {@code bench.parts}, which of the parts; {@code all}: those that need nothing but the build
 * @param run {@code bench.seconds}, how long each run lasts
 * @param runs {@code bench.runs}, how many alternating runs of each
 * @param overload {@code bench.overload}, how long an overload lasts
 * @param nessie {@code bench.nessie}, the runner of a Nessie server; empty: it is not there
 * @param sessions {@code bench.sessions}, numbers of held sessions whose heap is measured
 */
record Settings(Set<String> parts, Duration run, int runs, Duration overload, String nessie, List<Integer> sessions) {

    static Settings ofThisProgram() {
        return new Settings(
                Set.of(list("bench.parts", "all")),
                Duration.ofSeconds(Integer.getInteger("bench.seconds", 4)),
                Integer.getInteger("bench.runs", 5),
                Duration.ofSeconds(Integer.getInteger("bench.overload", 30)),
                System.getProperty("bench.nessie", ""),
                Stream.of(list("bench.sessions", "10000,100000"))
                        .map(Integer::valueOf)
                        .toList());
    }

    boolean wants(String part) {
        return parts.contains("all") || names(part);
    }

    /** Whether the part is asked for by its name, as those must be that need what the build does not bring. */
    boolean names(String part) {
        return parts.contains(part);
    }

    private static String[] list(String property, String otherwise) {
        return System.getProperty(property, otherwise).split(",", -1);
    }
}
