package dev.credbroker.bare;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** SmallRye JWT as a library: what a Quarkus application verifies tokens with unless it does it by itself. */
@ApplicationScoped
public class TokenReader {

    private final DefaultJWTParser parser;

    public TokenReader(
            @ConfigProperty(name = "broker.issuers.corp.issuer", defaultValue = "http://127.0.0.1:9") String issuer) {
        JWTAuthContextInfo trust = new JWTAuthContextInfo(issuer + "/jwks", issuer);
        trust.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256));
        trust.setExpectedAudience(Set.of("credential-broker"));
        parser = new DefaultJWTParser(trust);
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
