package dev.credbroker.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What came of some requests.
 *
 * @param latencies in nanoseconds
 * @param bytes of all answers
 * @param generatorCpu what the generator's one thread has used
 * @param serverCpu what the server's process has used; zero where nobody looked
 */
record Load(Histogram latencies, long bytes, Duration elapsed, Duration generatorCpu, Duration serverCpu) {

    long requests() {
        return latencies.getTotalCount();
    }

    double perSecond() {
        return requests() / seconds(elapsed);
    }

    double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    double serverMicros() {
        return seconds(serverCpu) * 1e6 / requests();
    }

    double generatorMicros() {
        return seconds(generatorCpu) * 1e6 / requests();
    }

    Load withServerCpu(Duration used) {
        return new Load(latencies, bytes, elapsed, generatorCpu, used);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
