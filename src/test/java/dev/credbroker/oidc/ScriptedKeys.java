package dev.credbroker.oidc;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A source of keys that does what the test says. */
final class ScriptedKeys implements KeySource {

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile Callable<FetchedKeys> next = () -> fetched(Optional.empty());

    void hold(TestKey... keys) {
        next = () -> fetched(Optional.empty(), keys);
    }

    void hold(Duration freshFor, TestKey... keys) {
        next = () -> fetched(Optional.of(freshFor), keys);
    }

    void fail(KeysFailure failure) {
        next = () -> {
            throw new KeysFetchException(failure);
        };
    }

    void run(Callable<FetchedKeys> script) {
        next = script;
    }

    int fetches() {
        return fetches.get();
    }

    @Override
    public FetchedKeys fetch() throws KeysFetchException {
        fetches.incrementAndGet();
        try {
            return next.call();
        } catch (KeysFetchException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        fail(KeysFailure.UNREACHABLE);
    }

    static FetchedKeys fetched(Optional<Duration> freshFor, TestKey... keys) {
        Map<String, VerificationKey> byId = Stream.of(keys)
                .map(key -> new VerificationKey(
                        key.id(),
                        JwsAlgorithm.named(key.algorithm()).orElseThrow(),
                        key.pair().getPublic()))
                .collect(Collectors.toMap(VerificationKey::id, Function.identity()));
        return new FetchedKeys(byId, freshFor);
    }
}
