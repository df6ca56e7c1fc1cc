package dev.credbroker.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the CPU time of a request goes: samples of the program under load by the clock of the CPU (JEP 509). */
final class Profile {

    private static final int SHOWN = 40;
    private static final int WARM_UP = 100_000;
    private static final String OURS = "dev.credbroker.";
    private static final String EVENT = "jdk.CPUTimeSample";

    private final Measured measured;
    private final Settings settings;

    Profile(Measured measured, Settings settings) {
        this.measured = measured;
        this.settings = settings;
    }

    void measure(Report report) {
        measure(report, "hit", Measured.HIT);
        measure(report, "bare, with audit line", Measured.AUDITED);
    }

    private void measure(Report report, String name, String target) {
        Path file = Path.of(System.getProperty("broker.home"))
                .toAbsolutePath()
                .resolveSibling("profile-%s.jfr".formatted(target.replaceAll("\\W+", "-")));
        byte[] request = measured.request(target);
        var _ = measured.cost(generator -> generator.each(Collections.nCopies(WARM_UP, request)));
        var _ = measured.broker().diagnosed("JFR.configure", "stackdepth=256");
        var _ = measured.broker().diagnosed("JFR.start", "name=cpu", EVENT + "#enabled=true", EVENT + "#throttle=2ms");
        Load load = measured.cost(
                generator -> generator.repeat(request, settings.run().multipliedBy(2)));
        var _ = measured.broker().diagnosed("JFR.stop", "name=cpu", "filename=" + file);
        tell(report, name, load.serverMicros(), read(file));
    }

    private static List<List<String>> read(Path file) {
        List<List<String>> samples = new ArrayList<>();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(EVENT)) {
                    samples.add(
                            event.getStackTrace() == null
                                    ? List.of()
                                    : event.getStackTrace().getFrames().stream()
                                            .map(Profile::name)
                                            .toList());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + '.' + frame.getMethod().getName();
    }

    private static void tell(Report report, String name, double micros, List<List<String>> samples) {
        Map<String, Integer> within = new HashMap<>();
        Map<String, Integer> innermost = new HashMap<>();
        Map<String, Integer> own = new HashMap<>();
        for (List<String> frames : samples) {
            Set<String> seen = new HashSet<>(frames);
            seen.stream().filter(method -> method.startsWith(OURS)).forEach(method -> count(within, method));
            count(innermost, frames.stream().filter(Profile::isOurs).findFirst().orElseGet(() -> layer(frames)));
            count(own, frames.isEmpty() ? "(the JVM itself)" : frames.getFirst());
        }
        double each = micros / samples.size();
        table(
                report,
                "CPU of the program, %s: %s µs a request, %d samples; with all that a method calls"
                        .formatted(name, Report.number(micros), samples.size()),
                within,
                each);
        table(report, "The same, with what it calls of others; else the layer", innermost, each);
        table(report, "The same, by the method on top", own, each);
    }

    private static void count(Map<String, Integer> counts, String name) {
        counts.merge(name, 1, Integer::sum);
    }

    private static boolean isOurs(String method) {
        return method.startsWith(OURS);
    }

    /** The innermost library that is not the JDK. */
    private static String layer(List<String> frames) {
        return frames.stream()
                .filter(method ->
                        !method.startsWith("java.") && !method.startsWith("sun.") && !method.startsWith("jdk."))
                .map(method ->
                        "(" + String.join(".", List.of(method.split("\\.", 4)).subList(0, 3)) + ")")
                .findFirst()
                .orElse("(the JVM and the JDK)");
    }

    private static void table(Report report, String title, Map<String, Integer> counts, double microsEach) {
        report.table(title, "µs", "method");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(entry -> report.row(Report.number(entry.getValue() * microsEach), "`" + entry.getKey() + "`"));
    }
}
