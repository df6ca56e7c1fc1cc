package dev.credbroker.api;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Has HTTPS demand certificates of clients where that is configured; Quarkus' own property is fixed at the build. */
@ApplicationScoped
public class ClientCertificates implements HttpServerOptionsCustomizer {

    private final TlsConfig tls;

    public ClientCertificates(TlsConfig tls) {
        this.tls = tls;
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (tls.requireClientCertificate()) {
            options.setClientAuth(ClientAuth.REQUIRED);
        }
    }
}
