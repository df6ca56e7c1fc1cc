package dev.credbroker.simulator.sts;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All keys that may sign: registered ones and issued ones. */
final class AccessKeys {

    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();

    void add(AccessKey key) {
        keys.put(key.id(), key);
    }

    void remove(String id) {
        keys.remove(id);
    }

    Optional<AccessKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }
}
