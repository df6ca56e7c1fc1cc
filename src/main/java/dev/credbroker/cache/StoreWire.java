package dev.credbroker.cache;

import java.time.Duration;
import java.util.List;

/**
 * The few things that are asked of a shared store. Each blocks, and ends when its thread is interrupted. What comes back
 * may be anything.
 */
interface StoreWire extends AutoCloseable {

    /**
     * What is under each name, in their order: empty where there is nothing, and no more than the first {@code most}
     * bytes of it.
     */
    List<byte[]> read(List<String> names, int most) throws StoreTrouble;

    void write(String name, byte[] entry, Duration life) throws StoreTrouble;

    void delete(List<String> names) throws StoreTrouble;

    /** Writes {@code token} where nothing is; whether it did. */
    boolean claim(String name, String token, Duration life) throws StoreTrouble;

    /** Deletes what is under {@code name} if it is {@code token}, in one step. */
    void giveUp(String name, String token) throws StoreTrouble;

    /** Ends what it keeps open. */
    @Override
    void close();
}
