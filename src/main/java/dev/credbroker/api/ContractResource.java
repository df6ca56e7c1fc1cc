package dev.credbroker.api;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves the contract that this very build was tested against. */
@Path("/openapi.yaml")
@NonBlocking
public class ContractResource {

    private static final String FILE = "/openapi.yaml";

    private final byte[] contract;

    public ContractResource() {
        this.contract = read();
    }

    @GET
    public Response contract() {
        return Response.ok(contract).header("Content-Type", "application/yaml").build();
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
