package dev.credbroker.bare;

import com.sun.management.ThreadMXBean;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.lang.management.ManagementFactory;

/** Endpoints that do little or nothing. */
@Path("/bare")
@NonBlocking
public class BareResource {

    private static final String JSON = "application/json";

    private final Constant constant;
    private final TokenReader tokens;

    public BareResource(Constant constant, TokenReader tokens) {
        this.constant = constant;
        this.tokens = tokens;
    }

    @GET
    @Path("prepare")
    @Blocking
    public String prepare(
            @QueryParam("size") int size,
            @QueryParam("role") String role,
            @HeaderParam("Authorization") String authorization) {
        constant.prepare(size, token(authorization), role);
        tokens.prepare();
        tokens.parse(token(authorization));
        return "prepared";
    }

    /** A constant. */
    @GET
    @Path("constant")
    @Produces(JSON)
    public byte[] constant() {
        return constant.body();
    }

    /** A constant, and its line in the audit log. */
    @GET
    @Path("audited")
    @Produces(JSON)
    public byte[] audited() {
        return constant.audited();
    }

    /** A constant, and its line in the audit log, for those whose token SmallRye JWT takes. */
    @GET
    @Path("parsed")
    @Produces(JSON)
    public byte[] parsed(@HeaderParam("Authorization") String authorization) {
        tokens.parse(token(authorization));
        return constant.audited();
    }

    /** Bytes that all threads have allocated so far. */
    @GET
    @Path("allocated")
    public long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    /** After a full collection, bytes of heap in use. */
    @GET
    @Path("heap")
    @Blocking
    public long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static String token(String authorization) {
        return authorization.substring("Bearer ".length());
    }
}
