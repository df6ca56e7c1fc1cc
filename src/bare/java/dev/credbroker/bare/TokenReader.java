package dev.credbroker.bare;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** SmallRye JWT as a library: what a Quarkus application verifies tokens with unless it does it by itself. */
@ApplicationScoped
public class TokenReader {

    private final JWTAuthContextInfo trust = new JWTAuthContextInfo();
    private final DefaultJWTParser parser = new DefaultJWTParser(trust);
    private final String issuer;

    public TokenReader(@ConfigProperty(name = "broker.issuers.corp.issuer", defaultValue = "none") String issuer) {
        this.issuer = issuer;
    }

    /** Fetches the issuer's keys; may block. */
    void prepare() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest keys =
                    HttpRequest.newBuilder(URI.create(issuer + "/jwks")).build();
            trust.setPublicKeyContent(client.send(keys, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        trust.setIssuedBy(issuer);
        trust.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256));
        trust.setExpectedAudience(Set.of("credential-broker"));
    }

    /** @throws IllegalArgumentException if the token is not genuine, or over */
    JsonWebToken parse(String token) {
        try {
            return parser.parse(token);
        } catch (ParseException e) {
            throw new IllegalArgumentException("the token is refused", e);
        }
    }
}
