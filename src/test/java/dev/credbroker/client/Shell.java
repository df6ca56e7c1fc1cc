package dev.credbroker.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** Shells that run the client on somebody's machine. */
public enum Shell {
    DASH("dash"),
    BASH("bash", "--posix"),
    BUSYBOX("busybox", "sh");

    private final List<String> command;

    Shell(String... command) {
        this.command = List.of(command);
    }

    List<String> command() {
        return command;
    }

    /** Skips the test, and says why, where this shell is not installed. */
    public Shell orSkip() {
        String program = command.getFirst();
        assumeTrue(Programs.installed(program), program + " is not installed: the client is not tried with it");
        return this;
    }
}
