package dev.credbroker.cache;

import dev.credbroker.cache.StoreTrouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A store in memory that does what a good one does; and which can be tampered with, break, and get stuck. */
final class InMemoryWire implements StoreWire {

    private record Entry(byte[] bytes, Instant end) {}

    /** What is wrong with it. */
    enum Trouble {
        NONE,
        DOWN,
        REFUSES_WRITES,
        STUCK,
        BROKEN
    }

    final CountDownLatch interrupted = new CountDownLatch(1);
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final InstantSource clock;
    private volatile Trouble trouble = Trouble.NONE;
    private int commands;

    InMemoryWire(InstantSource clock) {
        this.clock = clock;
    }

    void fallInto(Trouble next) {
        trouble = next;
    }

    boolean stuck() {
        return trouble == Trouble.STUCK;
    }

    synchronized int commands() {
        return commands;
    }

    /** What an attacker sees, by name. */
    synchronized Map<String, byte[]> contents() {
        entries.values().removeIf(entry -> !entry.end().isAfter(clock.instant()));
        return entries.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().bytes(), (one, _) -> one, TreeMap::new));
    }

    /** What an attacker writes: it never ends. */
    synchronized void plant(String name, byte[] bytes) {
        entries.put(name, new Entry(bytes, Instant.MAX));
    }

    synchronized void evictAll() {
        entries.clear();
    }

    @Override
    public List<byte[]> read(List<String> names, int most) throws StoreTrouble {
        arrive(false);
        Map<String, byte[]> there = contents();
        return names.stream()
                .map(name -> there.getOrDefault(name, new byte[0]))
                .map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, most)))
                .toList();
    }

    @Override
    public synchronized void write(String name, byte[] entry, Duration life) throws StoreTrouble {
        arrive(true);
        entries.put(name, new Entry(entry, clock.instant().plus(life)));
    }

    @Override
    public synchronized void delete(List<String> names) throws StoreTrouble {
        arrive(false);
        names.forEach(entries::remove);
    }

    @Override
    public synchronized boolean claim(String name, String token, Duration life) throws StoreTrouble {
        arrive(true);
        if (contents().containsKey(name)) {
            return false;
        }
        entries.put(name, new Entry(token.getBytes(), clock.instant().plus(life)));
        return true;
    }

    @Override
    public synchronized void giveUp(String name, String token) throws StoreTrouble {
        arrive(false);
        if (Arrays.equals(contents().get(name), token.getBytes())) {
            entries.remove(name);
        }
    }

    @Override
    public void close() {
        fallInto(Trouble.DOWN);
    }

    private void arrive(boolean writes) throws StoreTrouble {
        synchronized (this) {
            commands++;
        }
        switch (trouble) {
            case NONE -> {}
            case DOWN -> throw new StoreTrouble(Kind.BROKEN);
            case REFUSES_WRITES -> {
                if (writes) {
                    throw new StoreTrouble(Kind.REFUSED);
                }
            }
            case STUCK -> awaitInterrupt();
            case BROKEN -> throw new IllegalStateException("a bug");
        }
    }

    private void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }
}
