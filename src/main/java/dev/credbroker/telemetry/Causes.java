package dev.credbroker.telemetry;

import java.util.ArrayList;
import java.util.List;

/**
 * What the log may have of an exception: its class and place, and those of its causes. Never a message, which may quote a
 * token.
 */
public final class Causes {

    private static final int MOST = 5;

    private Causes() {}

    public static String of(Throwable failure) {
        List<String> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MOST; cause = cause.getCause()) {
            causes.add(one(cause));
        }
        return String.join(", by ", causes);
    }

    private static String one(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
