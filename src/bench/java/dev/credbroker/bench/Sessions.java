package dev.credbroker.bench;

import dev.credbroker.cache.HeldSessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a held session takes of the heap. */
final class Sessions {

    private static final int LEAST_HEAP_MEBIBYTES = 256;
    private static final int HEAP_KIBIBYTES_EACH = 6;

    private final Settings settings;

    Sessions(Settings settings) {
        this.settings = settings;
    }

    void measure(Report report) throws IOException, InterruptedException {
        report.table(
                "Held sessions with tokens of 1 KiB",
                "sessions",
                "heap of each, bytes",
                "wanted",
                "a hit in the cache, p50 µs",
                "p99 µs");
        for (int count : settings.sessions()) {
            String[] figures = figures(count);
            report.row(
                    "%,d".formatted(count),
                    "%,d".formatted(Long.valueOf(figures[0])),
                    "at most 3,584",
                    Report.number(Long.parseLong(figures[1]) / 1e3),
                    Report.number(Long.parseLong(figures[2]) / 1e3));
        }
    }

    private static String[] figures(int count) throws IOException, InterruptedException {
        int heap = LEAST_HEAP_MEBIBYTES + count / 1024 * HEAP_KIBIBYTES_EACH;
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap + "m",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        HeldSessions.class.getName(),
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("%d sessions could not be measured".formatted(count));
        }
        return told.substring(told.lastIndexOf('\n') + 1).split(" ", -1);
    }
}
