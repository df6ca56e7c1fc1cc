package dev.credbroker.bench;

import dev.credbroker.packaged.Http;
import dev.credbroker.packaged.PackagedBroker;
import dev.credbroker.packaged.SimulatedWorld;
import dev.credbroker.simulator.idp.JwtAlgorithm;
import dev.credbroker.simulator.sts.SimulatedSts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The packaged program with its bare endpoints, warm, and a generator in front of it. */
final class Measured implements AutoCloseable {

    static final String HIT = "/v1/credentials/batch-upload";
    static final String AUDITED = "/bare/audited";
    static final String CONSTANT = "/bare/constant";

    /**
     * As a container would be given, with the compiler that a server has. What is audited goes nowhere; its queue is long,
     * since its writer may starve on a busy machine and answers would be refused. STS is asked as often as can be: the
     * budget of a hundred calls a second would be what is measured.
     */
    private static final String[] JVM = {
        "-Xmx512m",
        "-XX:TieredStopAtLevel=4",
        "-Dbroker.audit.file=/dev/null",
        "-Dbroker.audit.queue=50000",
        "-Dbroker.sts.calls-per-second=100000"
    };

    private final SimulatedWorld world;
    private final int connections;
    private Duration time = Duration.ZERO;
    private Duration others = Duration.ZERO;
    private final ProcessFigures process;
    private final String token;

    /** @param connections of each load */
    Measured(int connections, String... options) {
        this.connections = connections;
        world = new SimulatedWorld(
                Stream.concat(Stream.of(JVM), Stream.of(options)).toArray(String[]::new));
        world.awaitReady();
        process = new ProcessFigures(world.broker().pid());
        token = token("alice");
        String answer = get(HIT, token);
        String prepared = get("/bare/prepare?role=batch-upload&size=" + answer.length(), token);
        if (!prepared.equals("prepared")) {
            throw new IllegalStateException("the bare endpoints are not there: " + prepared);
        }
    }

    SimulatedWorld world() {
        return world;
    }

    SimulatedSts sts() {
        return world.sts();
    }

    PackagedBroker broker() {
        return world.broker();
    }

    ProcessFigures process() {
        return process;
    }

    LoadGenerator generator(int connections) {
        return new LoadGenerator(port(world.broker().url()), connections);
    }

    static int port(String url) {
        return URI.create(url).getPort();
    }

    /** Runs {@code load} over connections of its own, since idle ones are closed, and looks what it costs the program. */
    Load cost(Function<LoadGenerator, Load> load) {
        ProcessFigures own = new ProcessFigures(ProcessHandle.current().pid());
        try (LoadGenerator generator = generator(connections)) {
            Duration ours = process.cpu().plus(own.cpu());
            Duration before = process.cpu();
            Duration busy = Machine.busy();
            Load done = load.apply(generator);
            Duration used = process.cpu().minus(before);
            time = time.plus(done.elapsed());
            others = others.plus(Machine.busy().minus(busy))
                    .minus(process.cpu().plus(own.cpu()).minus(ours));
            return done.withServerCpu(used);
        }
    }

    /** Which part of the machine other programs, or its host, have used while loads ran: 0 to 1. */
    double disturbance() {
        long possible = time.toNanos() * Runtime.getRuntime().availableProcessors();
        return Math.max(0, (double) others.toNanos() / possible);
    }

    byte[] request(String target) {
        return Requests.get(target, token);
    }

    String get(String target) {
        return get(target, token);
    }

    private String get(String target, String bearer) {
        return Http.get(world.broker().url() + target, "Authorization", "Bearer " + bearer)
                .body();
    }

    String token(String subject) {
        return world.token(subject).sign();
    }

    /** So many tokens of one user, each another text; signed by all processors. */
    List<String> tokens(String subject, JwtAlgorithm algorithm, int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(_ -> world.token(subject).algorithm(algorithm).sign())
                .toList();
    }

    @Override
    public void close() {
        world.close();
    }
}
