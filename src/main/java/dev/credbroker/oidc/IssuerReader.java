package dev.credbroker.oidc;

import dev.credbroker.configuration.AuthorityFile;
import dev.credbroker.configuration.Findings;
import dev.credbroker.configuration.WebAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Reads one issuer's configuration, and finds all its mistakes in one go. */
final class IssuerReader {

    private static final Duration LARGEST_SKEW = Duration.ofMinutes(3);
    private static final List<String> TYPES = List.of(HeaderRules.ABSENT, "JWT", "at+jwt");
    private static final List<String> VOLATILE =
            List.of("jti", "iat", "nbf", "exp", "auth_time", "sid", "nonce", "at_hash");
    /** What AWS's trust policies test of a token, and so what a held session depends on. */
    private static final Set<String> NEVER_VOLATILE = Set.of("iss", "sub", "aud", "azp", "amr");

    /** Session tags and source identity, which STS takes out of the token. */
    private static final String READ_BY_STS = "https://aws.amazon.com/";

    /** The names by which tokens are addressed to AWS STS, of all partitions and regions. */
    private static final Pattern AUDIENCE_OF_AWS = Pattern.compile("sts(\\.[a-z0-9-]+)?\\.amazonaws\\.com(\\.cn)?");

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern HOST = Pattern.compile("[a-z0-9.-]+|\\[[0-9a-f:]+]");

    private final String name;
    private final OidcConfig.Issuer config;
    private final Findings findings;

    IssuerReader(String name, OidcConfig.Issuer config, Findings findings) {
        this.name = name;
        this.config = config;
        this.findings = findings;
    }

    /**
     * Keys of a map that hold more than letters, digits, hyphens and underscores are quoted, as SmallRye Config asks.
     */
    static String property(String name, String... setting) {
        StringBuilder path = new StringBuilder("broker.issuers.").append(quoted(name));
        for (String part : setting) {
            path.append('.').append(quoted(part));
        }
        return path.toString();
    }

    /** Absent if there was a mistake. */
    Optional<OidcIssuer> read(KeyUpkeep upkeep, Duration patience) {
        int before = findings.all().size();
        Optional<String> text = text();
        Optional<KeysLocation> location = text.flatMap(this::location);
        List<JwsAlgorithm> algorithms = algorithms();
        HeaderRules headers = new HeaderRules(Set.copyOf(algorithms), types());
        Optional<ClaimRules> claims = claims();
        Optional<SSLContext> trust = config.jwksCaFile().flatMap(this::trust);
        Optional<Path> tokenFile = config.jwksTokenFile().flatMap(this::tokenFile);
        if (findings.all().size() > before || text.isEmpty() || location.isEmpty() || claims.isEmpty()) {
            return Optional.empty();
        }
        KeySource source =
                new HttpKeySource(new HttpGet(trust, tokenFile), location.get(), new KeySetReader(algorithms));
        return Optional.of(new OidcIssuer(
                name, text.get(), headers, claims.get(), new IssuerKeys(name, source, upkeep, patience)));
    }

    private Optional<String> text() {
        Optional<String> text = config.issuer().filter(given -> !given.isBlank());
        if (text.isEmpty()) {
            findings.add(
                    property(name, "issuer"), "is missing: the text of the claim iss, such as https://idp.example.com");
        }
        return text;
    }

    private Optional<KeysLocation> location(String issuer) {
        boolean plain = issuer.toLowerCase(Locale.ROOT).startsWith("http:");
        if (config.jwksUri().isEmpty()) {
            return parse("issuer", issuer, text -> Discovery.of(text, hosts()));
        }
        if (plain && WebAddress.of(issuer).isEmpty()) {
            findings.add(property(name, "issuer"), "http is for loopback addresses only: write an https URL");
        }
        return parse("jwks-uri", config.jwksUri().get(), WebAddress::parse).map(KeysLocation::at);
    }

    private Set<String> hosts() {
        Set<String> hosts = texts("jwks-hosts", config.jwksHosts()).stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            findings.add(property(name, "jwks-hosts"), "write names of hosts alone, such as www.googleapis.com");
        }
        return hosts;
    }

    private List<JwsAlgorithm> algorithms() {
        if (config.algorithms().isEmpty()) {
            return List.of(JwsAlgorithm.values());
        }
        return texts("algorithms", config.algorithms()).stream()
                .map(text -> parse("algorithms", text, IssuerReader::algorithm))
                .flatMap(Optional::stream)
                .toList();
    }

    private static JwsAlgorithm algorithm(String text) {
        return JwsAlgorithm.named(text).orElseThrow(() -> new IllegalArgumentException(advice(text)));
    }

    private static String advice(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.equals("NONE")) {
            return "none is no signature: anybody could write such a token";
        }
        return upper.startsWith("HS")
                ? text + " is not for tokens of an issuer: whoever can check it can also forge it"
                : text + " is unknown: choose from " + Arrays.toString(JwsAlgorithm.values());
    }

    private Set<String> types() {
        return (config.typ().isEmpty() ? TYPES : texts("typ", config.typ()))
                .stream().map(HeaderRules::canonical).collect(Collectors.toSet());
    }

    private Optional<ClaimRules> claims() {
        Set<String> audiences = Set.copyOf(texts("audiences", config.audiences()));
        Set<String> awsAudiences = Set.copyOf(texts("aws-audiences", config.awsAudiences()));
        checkAudiences(audiences, awsAudiences);
        Set<String> parties = Set.copyOf(texts("authorized-parties", config.authorizedParties()));
        Optional<ClaimPath> subject = parse("subject-claim", config.subjectClaim(), ClaimPath::parse);
        AttributeRules attributes = attributes();
        Set<String> volatileClaims = volatileClaims();
        Optional<TimeRules> times = times();
        return subject.flatMap(path -> times.map(
                rules -> new ClaimRules(audiences, awsAudiences, parties, path, attributes, volatileClaims, rules)));
    }

    private void checkAudiences(Set<String> audiences, Set<String> awsAudiences) {
        if (audiences.isEmpty() && awsAudiences.isEmpty()) {
            findings.add(
                    property(name, "audiences"),
                    "set audiences or aws-audiences: without either, tokens for any service would open roles here");
        }
        if (audiences.stream().anyMatch(AUDIENCE_OF_AWS.asMatchPredicate())) {
            findings.add(
                    property(name, "audiences"),
                    "names AWS STS, to which aws-audiences belong: a token for AWS must not open the broker's own roles");
        }
        if (!Collections.disjoint(audiences, awsAudiences)) {
            findings.add(
                    property(name, "aws-audiences"),
                    "shares a value with audiences: a token for AWS must not open the broker's own roles");
        }
    }

    private AttributeRules attributes() {
        Map<String, ClaimPath> mapped = new HashMap<>();
        config.attributes()
                .forEach((attribute, path) -> findings.parse(
                                property(name, "attributes", attribute), path, ClaimPath::parse)
                        .ifPresent(parsed -> mapped.put(attribute, parsed)));
        return new AttributeRules(mapped);
    }

    private Set<String> volatileClaims() {
        Set<String> claims = new HashSet<>(
                config.volatileClaims().isEmpty() ? VOLATILE : texts("volatile-claims", config.volatileClaims()));
        if (!Collections.disjoint(claims, NEVER_VOLATILE)
                || claims.stream().anyMatch(claim -> claim.startsWith(READ_BY_STS))) {
            findings.add(
                    property(name, "volatile-claims"),
                    "iss, sub, aud, azp, amr and https://aws.amazon.com/… decide what STS issues: a held session must not"
                            + " bypass them");
        }
        return claims;
    }

    private Optional<TimeRules> times() {
        Optional<Duration> skew = parse("clock-skew", config.clockSkew(), IssuerReader::skew);
        Optional<Duration> age = config.maxTokenAge().flatMap(text -> parse("max-token-age", text, IssuerReader::age));
        return skew.map(duration -> new TimeRules(duration, age));
    }

    private static Duration skew(String text) {
        Duration skew = DurationText.parse(text);
        if (skew.compareTo(LARGEST_SKEW) > 0) {
            throw new IllegalArgumentException("is at most 180s: mend the clocks instead");
        }
        return skew;
    }

    private static Duration age(String text) {
        Duration age = DurationText.parse(text);
        if (age.isZero()) {
            throw new IllegalArgumentException("is more than zero, or absent");
        }
        return age;
    }

    private Optional<SSLContext> trust(String file) {
        return parse("jwks-ca-file", file, text -> AuthorityFile.trust(Path.of(text)));
    }

    private Optional<Path> tokenFile(String file) {
        return parse("jwks-token-file", file, IssuerReader::readable);
    }

    private static Path readable(String text) {
        Path file = Path.of(text);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no such file that can be read");
        }
        return file;
    }

    private List<String> texts(String setting, Optional<List<String>> given) {
        List<String> texts = given.orElse(List.of());
        if (texts.stream().anyMatch(String::isBlank)) {
            findings.add(property(name, setting), "has an empty entry");
        }
        return texts;
    }

    private <T> Optional<T> parse(String setting, String text, Function<String, T> parser) {
        return findings.parse(property(name, setting), text, parser);
    }

    private static String quoted(String key) {
        return PLAIN_KEY.matcher(key).matches() ? key : '"' + key + '"';
    }
}
