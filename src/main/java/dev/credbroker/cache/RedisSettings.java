package dev.credbroker.cache;

import dev.credbroker.configuration.AuthorityFile;
import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * The shared store, as far as the configuration is right.
 *
 * @param tls absent where the address is a plain one
 * @param keys not empty; the first seals
 */
public record RedisSettings(
        RedisAddress address,
        Optional<SSLContext> tls,
        Optional<String> username,
        Optional<Secret> password,
        List<SealingKey> keys,
        String prefix,
        Duration commandTimeout,
        int connections) {

    /** A handshake is no command: it may take longer, beside those who wait. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private static final String AT = "broker.cache.redis.";
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(1);
    private static final int MOST_CONNECTIONS = 64;
    private static final Pattern PREFIX = Pattern.compile("[!-~]{1,64}");

    /** Whatever a secret is, its file is not longer. */
    private static final int LONGEST_FILE = 4096;

    public RedisSettings {
        keys = List.copyOf(keys);
    }

    /** What {@code config} says, if anything; absent too if it is wrong, and each mistake then goes to {@code findings}. */
    public static Optional<RedisSettings> from(CacheConfig config, Findings findings) {
        return isMeant(config.redis()) ? from(config.redis(), findings) : Optional.empty();
    }

    /** The properties that have defaults say nothing. */
    private static boolean isMeant(CacheConfig.Redis config) {
        return config.hosts().isPresent()
                || !config.keys().isEmpty()
                || config.username().isPresent()
                || config.passwordFile().isPresent()
                || config.caFile().isPresent();
    }

    private static Optional<RedisSettings> from(CacheConfig.Redis config, Findings findings) {
        int before = findings.all().size();
        Optional<RedisAddress> address = address(config, findings);
        Optional<SSLContext> tls = address.filter(RedisAddress::secure).flatMap(secure -> tls(config, findings));
        Optional<Secret> password = config.passwordFile()
                .flatMap(file -> findings.parse(AT + "password-file", file, RedisSettings::secret));
        List<SealingKey> keys = keys(config, findings);
        if (config.username().isPresent() && config.passwordFile().isEmpty()) {
            findings.add(AT + "username", "needs password-file");
        }
        if (config.caFile().isPresent() && address.filter(RedisAddress::secure).isEmpty()) {
            findings.add(AT + "ca-file", "says nothing about an address without TLS: write rediss://");
        }
        if (!PREFIX.matcher(config.prefix()).matches()) {
            findings.add(AT + "prefix", "has 1 to 64 visible ASCII characters");
        }
        if (!config.commandTimeout().isPositive() || config.commandTimeout().compareTo(LONGEST_COMMAND) > 0) {
            findings.add(AT + "command-timeout", "is more than 0 and at most 1 second");
        }
        if (config.connections() < 1 || config.connections() > MOST_CONNECTIONS) {
            findings.add(AT + "connections", "is 1 to " + MOST_CONNECTIONS);
        }
        return address.filter(_ -> findings.all().size() == before)
                .map(place -> new RedisSettings(
                        place,
                        tls,
                        config.username(),
                        password,
                        keys,
                        config.prefix(),
                        config.commandTimeout(),
                        config.connections()));
    }

    private static Optional<RedisAddress> address(CacheConfig.Redis config, Findings findings) {
        List<String> hosts = config.hosts().orElse(List.of());
        if (hosts.size() != 1) {
            findings.add(
                    AT + "hosts",
                    "is one address, such as [rediss://redis.example.com:6379]: clusters and sentinels are not known");
            return Optional.empty();
        }
        Optional<RedisAddress> address = findings.parse(AT + "hosts[0]", hosts.getFirst(), RedisAddress::parse);
        if (address.filter(place -> !place.secure() && !place.loopback()).isPresent() && !config.plainText()) {
            findings.add(
                    AT + "hosts[0]",
                    "leaves this machine without TLS: write rediss://, or say plain-text: true if the way there is"
                            + " safe");
        }
        return address;
    }

    private static Optional<SSLContext> tls(CacheConfig.Redis config, Findings findings) {
        return config.caFile()
                .map(file -> findings.parse(AT + "ca-file", file, name -> AuthorityFile.trust(Path.of(name))))
                .orElseGet(() -> Optional.of(trustOfJava()));
    }

    private static SSLContext trustOfJava() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static List<SealingKey> keys(CacheConfig.Redis config, Findings findings) {
        List<SealingKey> keys = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<Secret> secrets = new HashSet<>();
        List<CacheConfig.Redis.Key> entries = config.keys();
        if (entries.isEmpty()) {
            findings.add(AT + "keys", "is missing: sessions are sealed before they are shared");
        }
        for (int i = 0; i < entries.size(); i++) {
            String at = AT + "keys[" + i + "]";
            CacheConfig.Redis.Key entry = entries.get(i);
            if (!ids.add(entry.id().orElse(""))) {
                findings.add(at + ".id", "stands for two keys");
            }
            Optional<Secret> secret = text(at, entry, findings);
            if (secret.filter(known -> !secrets.add(known)).isPresent()) {
                findings.add(at, "is the same key as one before it");
            }
            secret.flatMap(text -> key(at, entry, text, findings)).ifPresent(keys::add);
        }
        return keys;
    }

    /** Not by {@link Findings#parse}, through which no secret goes. */
    private static Optional<SealingKey> key(String at, CacheConfig.Redis.Key entry, Secret text, Findings findings) {
        try {
            return Optional.of(new SealingKey(entry.id().orElse(""), text));
        } catch (IllegalArgumentException e) {
            findings.add(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Secret> text(String at, CacheConfig.Redis.Key entry, Findings findings) {
        if (entry.file().isPresent() == entry.value().isPresent()) {
            findings.add(at, "has either a file or a value");
            return Optional.empty();
        }
        return entry.value()
                .or(() -> entry.file().flatMap(file -> findings.parse(at + ".file", file, RedisSettings::secret)));
    }

    /** Without the line end that editors put there. */
    private static Secret secret(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(LONGEST_FILE + 1);
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            if (bytes.length > LONGEST_FILE || text.isEmpty()) {
                throw new IllegalArgumentException("the file is empty, or longer than any secret");
            }
            return Secret.of(text);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("there is no such file that can be read");
        }
    }
}
