package dev.credbroker.simulator.http;

import java.time.Duration;
import java.util.Map;

/** What can go wrong with one answer. */
public sealed interface Fault {

    /** The honest answer, later; by a timer, so that no thread is bound. */
    record Delay(Duration time) implements Fault {}

    /** The honest answer, once the gate is opened. */
    record Hold(Gate gate) implements Fault {}

    /** Another answer; the name is what the record of calls says of it. */
    record Instead(String name, Reply reply) implements Fault {}

    /** The connection is closed without a byte of an answer. */
    record Cut() implements Fault {}

    /** Valid HTTP around the first half of the honest body. */
    record Truncate() implements Fault {}

    /** Headers and half of the honest body, then silence on an open connection. */
    record Stall() implements Fault {}

    static Fault delay(Duration time) {
        return new Delay(time);
    }

    static Fault hold(Gate gate) {
        return new Hold(gate);
    }

    static Fault instead(Reply reply) {
        return new Instead("HTTP " + reply.status(), reply);
    }

    static Fault status(int status) {
        return instead(Reply.text(status, "fault " + status));
    }

    /** What a proxy or a captive portal says: 200 and a page. */
    static Fault html() {
        return instead(Reply.of(200, "text/html;charset=UTF-8", "<!DOCTYPE html><html><body>Sign in</body></html>"));
    }

    /** A well-formed JSON string of this many characters and two quotes. */
    static Fault huge(int characters) {
        return instead(Reply.json('"' + "x".repeat(characters) + '"'));
    }

    static Fault redirect(String location) {
        return instead(new Reply(302, Map.of("Location", location), ""));
    }

    static Fault cut() {
        return new Cut();
    }

    static Fault truncate() {
        return new Truncate();
    }

    static Fault stall() {
        return new Stall();
    }
}
