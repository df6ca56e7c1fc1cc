package dev.credbroker.simulator.sts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Where STS takes an OIDC provider's JSON Web Key Set from. */
@FunctionalInterface
public interface OidcKeys {

    /**
     * The key set of now.
     *
     * @throws IOException if the provider cannot be reached, for which STS has an error of its own
     */
    String json() throws IOException;

    static OidcKeys of(Supplier<String> json) {
        return json::get;
    }

    /** Fetched at every exchange, within AWS's five seconds; anything but a 200 yields no keys. */
    static OidcKeys at(URI jwks) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        HttpRequest request = HttpRequest.newBuilder(jwks).build();
        return () -> fetch(client, request);
    }

    /** The client's own timeout would end with the headers. */
    private static String fetch(HttpClient client, HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .get(5, TimeUnit.SECONDS);
            return response.statusCode() == 200 ? response.body() : "{\"keys\":[]}";
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("not to be had: " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
