package dev.credbroker.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What Quarkus cannot be told about TLS when the program starts. */
@ConfigMapping(prefix = "broker.tls")
public interface TlsConfig {

    /**
     * Whether a client must show a certificate before it is heard at all (mutual TLS), beside the proof that each request
     * brings. Default {@code false}. Needs HTTPS with a trust store, whose authorities may vouch for clients, and
     * {@code quarkus.http.insecure-requests: disabled}: docs/tls.md. The certificate says who may connect, never who is
     * asking.
     */
    @WithDefault("false")
    boolean requireClientCertificate();
}
