package dev.credbroker.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Several runs of the same. */
record Series(List<Load> runs) {

    Series {
        runs = List.copyOf(runs);
    }

    double median(ToDoubleFunction<Load> figure) {
        double[] sorted = sorted(figure);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Median, and in brackets the least and the most. */
    String told(ToDoubleFunction<Load> figure) {
        double[] sorted = sorted(figure);
        return "%s (%s to %s)"
                .formatted(
                        Report.number(median(figure)),
                        Report.number(sorted[0]),
                        Report.number(sorted[sorted.length - 1]));
    }

    private double[] sorted(ToDoubleFunction<Load> figure) {
        return runs.stream().mapToDouble(figure).sorted().toArray();
    }
}
