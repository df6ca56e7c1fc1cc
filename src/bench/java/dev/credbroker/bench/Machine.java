package dev.credbroker.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What Linux tells of the machine. */
final class Machine {

    /** {@code USER_HZ}, of which /proc counts (proc(5)). */
    private static final int TICKS_PER_SECOND = 100;

    /** Of the fields of {@code cpu} in /proc/stat those that are neither idle, nor waiting, nor counted elsewhere. */
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

    private Machine() {}

    static String described() {
        return "%d processors (%s), %s GiB, Linux %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        value("/proc/cpuinfo", "model name"),
                        Report.number(Long.parseLong(
                                        value("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
                                / 1048576.0),
                        System.getProperty("os.version"),
                        System.getProperty("java.vm.version"));
    }

    /** What all processors have done since the start of the machine, and what its host has taken from them. */
    static Duration busy() {
        String[] fields = lines("/proc/stat").getFirst().split(" +", -1);
        long ticks =
                IntStream.of(BUSY).mapToLong(i -> Long.parseLong(fields[i])).sum();
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    private static String value(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
