package dev.credbroker.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tables in Markdown, printed as they grow. */
final class Report {

    private final StringBuilder text = new StringBuilder();

    void line(String line) {
        text.append(line).append('\n');
        System.out.println(line);
    }

    /** Begins a table. */
    void table(String title, String... columns) {
        line("");
        line("### " + title);
        line("");
        row((Object[]) columns);
        line("|" + "---|".repeat(columns.length));
    }

    void row(@Nullable Object... cells) {
        line("| "
                + String.join(
                        " | ", List.of(cells).stream().map(String::valueOf).toList()) + " |");
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With as many digits as matter. */
    static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
