package dev.credbroker.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What Linux tells of a process. */
record ProcessFigures(long pid) {

    /** Of all its threads, in user and kernel mode, since its start. */
    Duration cpu() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("the process has ended"));
    }

    /** Resident memory in megabytes (proc(5), {@code VmRSS}, in KiB). */
    double residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    * 1024
                    / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
