package dev.credbroker.oidc;

import dev.credbroker.configuration.WebAddress;
import dev.credbroker.secret.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Fetches one document of an identity provider: bounded in time and size, without redirects and cookies. */
final class HttpGet implements AutoCloseable {

    static final Duration TOTAL = Duration.ofSeconds(3);
    static final int LARGEST = 256 * 1024;

    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age=\"?([0-9]{1,9})");
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");
    private static final int OK = 200;

    private final HttpClient client;
    private final Optional<Path> tokenFile;
    private final Duration total;

    HttpGet(Optional<SSLContext> trust, Optional<Path> tokenFile) {
        this(trust, tokenFile, TOTAL);
    }

    /** @param total a third of it is for the connection */
    HttpGet(Optional<SSLContext> trust, Optional<Path> tokenFile, Duration total) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(total.dividedBy(3))
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        trust.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.tokenFile = tokenFile;
        this.total = total;
    }

    /** An answer with status 200. */
    @SuppressWarnings("ArrayRecordComponent") // handed from one method to the next
    record Answer(byte[] body, Optional<Duration> maxAge) {}

    Answer get(WebAddress address) throws KeysFetchException {
        HttpResponse<byte[]> response = await(client.sendAsync(request(address), _ -> new CappedBody(LARGEST)));
        if (response.statusCode() != OK) {
            throw new KeysFetchException(KeysFailure.STATUS);
        }
        return new Answer(response.body(), maxAge(response));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest request(WebAddress address) throws KeysFetchException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.uri())
                .timeout(total)
                .header("Accept", "application/jwk-set+json, application/json");
        if (tokenFile.isPresent()) {
            request.header("Authorization", "Bearer " + token(tokenFile.get()).reveal());
        }
        return request.build();
    }

    /** What is no token is not sent: the client's refusal of such a header would quote it. */
    private static Secret token(Path file) throws KeysFetchException {
        try {
            String token = Files.readString(file).strip();
            if (TOKEN.matcher(token).matches()) {
                return Secret.of(token);
            }
        } catch (IOException e) {
            // Told below.
        }
        throw new KeysFetchException(KeysFailure.TOKEN_FILE);
    }

    /** The request's own timeout ends with the headers; this one is over the body too. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> sent) throws KeysFetchException {
        try {
            return sent.get(total.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new KeysFetchException(KeysFailure.TIMEOUT);
        } catch (ExecutionException e) {
            throw new KeysFetchException(failure(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeysFetchException(KeysFailure.TIMEOUT);
        } finally {
            sent.cancel(true);
        }
    }

    /** By the types along the chain: the client wraps what a body throws. */
    private static KeysFailure failure(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CappedBody.TooLarge) {
                return KeysFailure.TOO_LARGE;
            }
            if (cause instanceof HttpTimeoutException) {
                return KeysFailure.TIMEOUT;
            }
        }
        return KeysFailure.UNREACHABLE;
    }

    /** RFC 9111, section 5.2.2.1. Other directives do not matter: the broker's own bounds are narrower. */
    private static Optional<Duration> maxAge(HttpResponse<?> response) {
        Matcher directive = MAX_AGE.matcher(String.join(",", response.headers().allValues("Cache-Control")));
        return directive.find()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(directive.group(1))))
                : Optional.empty();
    }
}
