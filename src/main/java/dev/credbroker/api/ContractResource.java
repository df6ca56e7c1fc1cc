package dev.credbroker.api;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Serves the contract that this very build was tested against. */
@Singleton
public class ContractResource {

    private static final String FILE = "/openapi.yaml";

    private final Answer contract = new Answer(200, Map.of("Content-Type", "application/yaml"), read());

    void contract(HttpExchange exchange) {
        exchange.send(contract);
    }

    private static byte[] read() {
        try (InputStream file = ContractResource.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("the build has put no openapi.yaml into the jar");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml cannot be read", e);
        }
    }
}
