package dev.credbroker.wiring;

import dev.credbroker.configuration.Findings;
import io.smallrye.config.SmallRyeConfig;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds settings of HTTPS that contradict each other, or with which it would not be what was meant. */
final class HttpsSettings {

    static final String NAME = "quarkus.http.tls-configuration-name";
    static final String INSECURE = "quarkus.http.insecure-requests";
    static final String CLIENTS = "broker.tls.require-client-certificate";
    private static final String MANAGEMENT = "quarkus.management.tls-configuration-name";

    private static final String PART = "\"[^\"]+\"|[^.\"]+";
    /** Both name the configuration, or nothing where it is the default one. */
    private static final Pattern KEY_STORE =
            Pattern.compile("quarkus\\.tls\\.(?:(" + PART + ")\\.)?key-store\\.(pem|p12|jks)\\.(.+)");

    private static final Pattern TRUST_STORE =
            Pattern.compile("quarkus\\.tls\\.(?:(" + PART + ")\\.)?trust-store\\.(pem|p12|jks)\\.(.+)");
    private static final String DEFAULT = "";

    private final SmallRyeConfig config;
    private final Findings findings;
    private final Set<String> withKeys = new TreeSet<>();
    private final Set<String> withTrust = new TreeSet<>();

    private HttpsSettings(SmallRyeConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    static void find(SmallRyeConfig config, Findings findings) {
        HttpsSettings settings = new HttpsSettings(config, findings);
        settings.lookAtFiles();
        settings.lookAtNames();
        settings.lookAtClients();
    }

    private void lookAtFiles() {
        Map<String, String> keyPaths = new TreeMap<>();
        for (String property : config.getPropertyNames()) {
            Matcher keys = KEY_STORE.matcher(property);
            Matcher trust = TRUST_STORE.matcher(property);
            if (keys.matches() && isFile(keys.group(3))) {
                withKeys.add(name(keys));
                keyPaths.put(property, keys.group(2));
            } else if (trust.matches() && isFile(trust.group(3))) {
                withTrust.add(name(trust));
                lookAtAuthorities(property, trust.group(2));
            }
        }
        keyPaths.forEach(this::lookAtKeys);
    }

    private static boolean isFile(String rest) {
        return rest.matches("(.+\\.)?(cert|key|path)|certs(\\[\\d+])?");
    }

    private static String name(Matcher property) {
        return property.group(1) == null ? DEFAULT : property.group(1).replace("\"", "");
    }

    private void lookAtAuthorities(String property, String kind) {
        value(property).ifPresent(file -> {
            if (kind.equals("pem")) {
                var _ = PemFiles.certificate(property, file, findings);
            } else {
                PemFiles.readable(property, file, findings);
            }
        });
    }

    private void lookAtKeys(String property, String kind) {
        if (!kind.equals("pem")) {
            value(property).ifPresent(file -> PemFiles.readable(property, file, findings));
        } else if (property.endsWith(".cert")) {
            String key = property.substring(0, property.length() - "cert".length()) + "key";
            Optional<Certificate> certificate =
                    value(property).flatMap(file -> PemFiles.certificate(property, file, findings));
            value(key)
                    .ifPresentOrElse(
                            file -> PemFiles.key(key, file, certificate, findings),
                            () -> findings.add(key, "is missing: the certificate beside it needs its private key"));
        }
    }

    private void lookAtNames() {
        Optional<String> http = value(NAME);
        http.filter(name -> !withKeys.contains(name))
                .ifPresent(name -> findings.add(
                        NAME,
                        "names %s, which has no certificate: set quarkus.tls.%s.key-store.pem.broker.cert and .key"
                                .formatted(name, name)));
        withKeys.stream()
                .filter(name -> !name.equals(DEFAULT)
                        && !http.equals(Optional.of(name))
                        && !value(MANAGEMENT).equals(Optional.of(name)))
                .forEach(name -> findings.add(
                        "quarkus.tls." + name + ".key-store",
                        "is used by nothing, and the port answers in clear: set %s to %s".formatted(NAME, name)));
        if (!encrypts() && value(INSECURE).filter(way -> !way.equals("enabled")).isPresent()) {
            findings.add(
                    INSECURE, "closes the port for plain HTTP, and there is no certificate for HTTPS: see docs/tls.md");
        }
    }

    private void lookAtClients() {
        if (value(CLIENTS).filter("true"::equals).isEmpty()) {
            return;
        }
        if (!encrypts()) {
            findings.add(CLIENTS, "needs HTTPS: see docs/tls.md");
        } else if (!withTrust.contains(value(NAME).orElse(DEFAULT))) {
            findings.add(
                    CLIENTS, "needs authorities that may vouch for clients: set the trust-store beside the key-store");
        }
        if (encrypts() && !value(INSECURE).equals(Optional.of("disabled"))) {
            findings.add(
                    INSECURE,
                    "lets clients without a certificate in by plain HTTP, which %s forbids: set it to disabled"
                            .formatted(CLIENTS));
        }
    }

    private boolean encrypts() {
        return withKeys.contains(value(NAME).orElse(DEFAULT));
    }

    private Optional<String> value(String property) {
        try {
            return Optional.ofNullable(config.getConfigValue(property).getValue())
                    .filter(value -> !value.isEmpty());
        } catch (NoSuchElementException e) {
            return Optional.empty();
        }
    }
}
