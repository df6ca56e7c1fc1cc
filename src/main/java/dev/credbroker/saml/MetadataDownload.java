package dev.credbroker.saml;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Gets metadata over HTTP: one second to connect, five in all, no redirects, at most 1 MiB. */
final class MetadataDownload {

    static final int LONGEST = 1024 * 1024;
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(1);

    private final Duration longestWait;

    MetadataDownload(Duration longestWait) {
        this.longestWait = longestWait;
    }

    /** With a client of its own, since an idle one would keep threads and buffers for an hour until the next time. */
    byte[] fetch(URI location) throws UnusableMetadata {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(LONGEST_CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            return fetch(location, client);
        } finally {
            client.shutdownNow();
        }
    }

    private byte[] fetch(URI location, HttpClient client) throws UnusableMetadata {
        AtomicBoolean begun = new AtomicBoolean();
        HttpRequest request = HttpRequest.newBuilder(location).GET().build();
        HttpResponse.BodyHandler<byte[]> body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST);
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, answer -> {
            begun.set(true);
            return body.apply(answer);
        });
        try {
            // The timeout of a request ends with its headers; this one covers the body too.
            return document(exchange.get(longestWait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new UnusableMetadata(MetadataFailure.TIMEOUT);
        } catch (ExecutionException e) {
            throw new UnusableMetadata(failure(e.getCause(), begun.get()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnusableMetadata(MetadataFailure.UNREACHABLE);
        }
    }

    private static byte[] document(HttpResponse<byte[]> answer) throws UnusableMetadata {
        if (answer.statusCode() != 200) {
            throw new UnusableMetadata(MetadataFailure.STATUS);
        }
        return answer.body();
    }

    private static MetadataFailure failure(@Nullable Throwable cause, boolean begun) {
        return begun && cause instanceof IOException ? MetadataFailure.BODY : MetadataFailure.UNREACHABLE;
    }
}
