package dev.credbroker.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends prepared requests to one port of this machine, by one thread, over connections that stay open, and takes the
 * time of each answer.
 *
 * <p>Without a rate each connection sends as soon as it has its answer. With one, requests are due at fixed moments and
 * their time counts from there, so that a stall is seen in every request that it delayed.
 */
final class LoadGenerator implements AutoCloseable {

    private static final Duration STALL = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 20_000;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private Histogram latencies = newHistogram();
    private Histogram refusals = newHistogram();
    private long bytes;

    LoadGenerator(int port, int connections) {
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) {
                this.connections.add(new Connection(connect(port), selector));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel;
    }

    /** The same request again and again, as fast as answers come. */
    Load repeat(byte[] request, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return run(() -> System.nanoTime() < end ? request : null, 0);
    }

    /** The same request at a fixed rate. */
    Load repeat(byte[] request, Duration time, int perSecond) {
        long end = System.nanoTime() + time.toNanos();
        return run(() -> System.nanoTime() < end ? request : null, TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    /** Each request once, as fast as answers come. */
    Load each(List<byte[]> requests) {
        var left = requests.iterator();
        return run(() -> left.hasNext() ? left.next() : null, 0);
    }

    /** Each request once, at a fixed rate. */
    Load each(List<byte[]> requests, int perSecond) {
        var left = requests.iterator();
        return run(() -> left.hasNext() ? left.next() : null, TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    /** From now on answers may be refusals, too. */
    LoadGenerator takingRefusals() {
        connections.forEach(Connection::mayBeRefused);
        return this;
    }

    /** Of the last load, which has them among its own, in nanoseconds. */
    Histogram refusals() {
        return refusals;
    }

    /** @param interval between requests in nanoseconds; 0: as fast as answers come */
    private Load run(Supplier<byte @Nullable []> requests, long interval) {
        latencies = newHistogram();
        refusals = newHistogram();
        bytes = 0;
        long cpu = cpu();
        long start = System.nanoTime();
        try {
            exchange(requests, interval, start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Load(latencies, bytes, elapsed, Duration.ofNanos(cpu() - cpu), Duration.ZERO);
    }

    private void exchange(Supplier<byte @Nullable []> requests, long interval, long start) throws IOException {
        // In turn, so that none is idle for so long that it is closed.
        Deque<Connection> idle = new ArrayDeque<>(connections);
        long due = start;
        long progress = start;
        boolean more = true;
        while (true) {
            long now = System.nanoTime();
            while (more && !idle.isEmpty() && (interval == 0 || now >= due)) {
                byte[] request = requests.get();
                more = request != null;
                if (request != null) {
                    idle.remove().send(request, interval == 0 ? System.nanoTime() : due);
                    due += interval;
                }
            }
            if (idle.size() == connections.size() && !more) {
                return;
            }
            int ready = interval == 0 ? selector.select(STALL.toMillis()) : polled();
            now = System.nanoTime();
            if (ready > 0) {
                progress = now;
                receive(idle, now);
            } else if (now - progress > STALL.toNanos()) {
                throw new IOException("no answer in " + STALL);
            }
        }
    }

    private int polled() throws IOException {
        int ready = selector.selectNow();
        if (ready == 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return ready;
    }

    private void receive(Deque<Connection> idle, long now) throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (connection.received()) {
                long latency = Math.min(LONGEST_NANOS, now - connection.since());
                latencies.recordValue(latency);
                if (connection.refused()) {
                    refusals.recordValue(latency);
                }
                bytes += connection.length();
                idle.add(connection);
            }
        }
        selector.selectedKeys().clear();
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_NANOS, 3);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void close() {
        try {
            for (Connection connection : connections) {
                connection.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
