package dev.credbroker.simulator.idp;

import dev.credbroker.simulator.http.Endpoint;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.FaultScript;
import dev.credbroker.simulator.http.Form;
import dev.credbroker.simulator.http.Reply;
import dev.credbroker.simulator.http.Tally;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An identity provider that signs whatever it is asked to, and publishes the keys to check it with. */
public final class SimulatedIdentityProvider {

    /** The algorithms that a provider has keys for unless it is told otherwise. */
    public static final Set<JwtAlgorithm> USUAL_ALGORITHMS = Set.of(
            JwtAlgorithm.RS256,
            JwtAlgorithm.PS256,
            JwtAlgorithm.ES256,
            JwtAlgorithm.ES384,
            JwtAlgorithm.ES512,
            JwtAlgorithm.EDDSA);

    private final String issuer;
    private final InstantSource clock;
    private final JwtKeys jwtKeys;
    private final SamlKeys samlKeys;
    private final Map<Page, PageEndpoint> pages = new EnumMap<>(Page.class);

    /**
     * A provider with keys that are made when they are first needed.
     *
     * @param issuer the URL below which its pages are served, without a slash at the end
     */
    public SimulatedIdentityProvider(String name, String issuer, Set<JwtAlgorithm> algorithms, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
        this.jwtKeys = new JwtKeys(name, algorithms);
        this.samlKeys = new SamlKeys(name, clock);
        CurlPages curl = new CurlPages(this, clock);
        publish(Page.DISCOVERY, _ -> Reply.json(discovery()));
        publish(Page.JWKS, _ -> Reply.json(jwks()));
        publish(Page.METADATA, _ -> Reply.of(200, "application/samlmetadata+xml", metadata()));
        publish(Page.TOKEN, curl::token);
        publish(Page.SAML, curl::saml);
    }

    /** The {@code iss} of its tokens. */
    public String issuer() {
        return issuer;
    }

    /** The {@code Issuer} of its SAML responses. */
    public String entityId() {
        return issuer + Page.METADATA.path();
    }

    public String url(Page page) {
        return issuer + page.path();
    }

    /** A token of this provider, valid from now on for an hour. */
    public TokenDraft token() {
        return new TokenDraft(issuer, clock.instant(), jwtKeys.usual(), jwtKeys::of);
    }

    /** A SAML response of this provider, addressed to AWS. */
    public SamlDraft samlResponse() {
        return new SamlDraft(entityId(), clock.instant(), samlKeys::of);
    }

    /** The published JSON Web Key Set. */
    public String jwks() {
        return jwtKeys.json();
    }

    /** The published SAML metadata. */
    public String metadata() {
        return new SamlMetadata(entityId(), url(Page.SAML), certificates()).xml();
    }

    /** What its SAML signatures are checked with. */
    public List<X509Certificate> certificates() {
        return samlKeys.certificates();
    }

    /** The key that signs tokens with this algorithm now. */
    public JwtKey jwtKey(JwtAlgorithm algorithm) {
        return jwtKeys.of(algorithm);
    }

    /** The key that signs SAML with this algorithm now. */
    public SamlKey samlKey(SamlSignatureAlgorithm algorithm) {
        return samlKeys.of(algorithm);
    }

    /** New keys for tokens and SAML; the old ones are withdrawn at once. */
    public void rotateKeys() {
        jwtKeys.rotate();
        samlKeys.rotate();
    }

    /** New keys for tokens; the old ones stay published until the next {@link #rotateKeys()}. */
    public void rotateKeysWithOverlap() {
        jwtKeys.overlap();
    }

    /** What goes wrong with this page. */
    public FaultScript faults(Page page) {
        return endpoint(page).faults();
    }

    /** How often this page was asked for, answered or not. */
    public Tally fetches(Page page) {
        return endpoint(page).fetches();
    }

    /** The same goes wrong with every page until {@link #clearFaults()}; {@link Fault#cut()} is as good as down. */
    public void failAlways(Fault fault) {
        pages.values().forEach(page -> page.faults().always(fault));
    }

    /** Back to honesty on every page. */
    public void clearFaults() {
        pages.values().forEach(page -> page.faults().clear());
    }

    /**
     * The page at a path.
     *
     * @param path below the issuer, with its slash
     */
    public Optional<Endpoint> endpoint(String path) {
        return pages.keySet().stream()
                .filter(page -> page.path().equals(path))
                .findFirst()
                .map(this::endpoint);
    }

    private PageEndpoint endpoint(Page page) {
        PageEndpoint endpoint = pages.get(page);
        if (endpoint == null) {
            throw new IllegalStateException("every page is published by the constructor");
        }
        return endpoint;
    }

    private void publish(Page page, Function<Form, Reply> content) {
        pages.put(page, new PageEndpoint(page, content));
    }

    private String discovery() {
        return """
                {"issuer":"%s","jwks_uri":"%s","authorization_endpoint":"%s","response_types_supported":["id_token"],\
                "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256","ES256"]}""".formatted(issuer, url(Page.JWKS), url(Page.TOKEN));
    }
}
