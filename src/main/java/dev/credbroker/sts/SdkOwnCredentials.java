package dev.credbroker.sts;

import dev.credbroker.session.OwnCredentials;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Asks the SDK's default chain, and remembers the kind for callers that must not block. */
public final class SdkOwnCredentials implements OwnCredentials {

    private final AwsCredentialsProvider provider;
    private final ExecutorService threads;
    private final Duration patience;
    private final AtomicReference<Optional<Kind>> last = new AtomicReference<>(Optional.empty());

    /**
     * @param threads where the chain is asked: a source of credentials may hang for ever
     * @param patience how long it is waited for
     */
    public SdkOwnCredentials(AwsCredentialsProvider provider, ExecutorService threads, Duration patience) {
        this.provider = provider;
        this.threads = threads;
        this.patience = patience;
    }

    @Override
    public Optional<Kind> known() {
        return last.get();
    }

    @Override
    public Optional<Kind> lookUp() {
        Future<Kind> asked = threads.submit(this::kind);
        try {
            Kind kind = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            last.set(Optional.of(kind));
            return Optional.of(kind);
        } catch (ExecutionException | TimeoutException e) {
            asked.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Kind kind() {
        return provider.resolveCredentials() instanceof AwsSessionCredentials ? Kind.TEMPORARY : Kind.LASTING;
    }
}
