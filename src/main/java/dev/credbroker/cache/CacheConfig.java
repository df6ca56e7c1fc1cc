package dev.credbroker.cache;

import dev.credbroker.secret.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long sessions are held, and when they are no longer worth giving. */
@ConfigMapping(prefix = "broker.cache")
public interface CacheConfig {

    /** How many sessions one replica holds. Default 100000; beyond it the least used go. */
    @WithDefault("100000")
    int maximumSessions();

    /**
     * The part of its lifetime that a session must still last to be given as it is; below it, it is renewed. Default 0.5,
     * at least 17 minutes and at most 0.7: SDKs renew when 15 minutes are left.
     */
    @WithDefault("0.5")
    double reuseFraction();

    /** The same for callers that named more than an hour, since their job needs what they named. Default 0.9. */
    @WithDefault("0.9")
    double longReuseFraction();

    /**
     * While nothing newer can be had, a held session is given down to this. Default 2 min. Too small: clients receive
     * keys that die in flight.
     */
    @WithDefault("2m")
    Duration floor();

    /** The store in which replicas share their sessions. */
    Redis redis();

    /** A Redis or Valkey server, which is trusted with nothing. */
    interface Redis {

        /**
         * The server in which replicas share their sessions, Redis or Valkey: exactly one address. Default: none, and each
         * replica asks STS for itself. {@code rediss://} is TLS; {@code redis://} only to a loopback address, unless
         * {@code plain-text} is said. Example: {@code [rediss://redis.example.com:6379/0]}. Clusters and sentinels are not
         * known: give the address that leads to the primary. Sessions are sealed before they leave the broker, see
         * {@code keys} and docs/replicas.md. A server that is down, slow or hostile costs calls to STS and nothing else.
         */
        Optional<List<String>> hosts();

        /** The keys that seal what is shared: the first seals, all of them open. The same for all replicas. */
        List<Key> keys();

        /** The name for {@code AUTH}, where the server knows users. Default: none. Needs {@code password-file}. */
        Optional<String> username();

        /** A file with the password for {@code AUTH}, read at the start. Default: none. */
        Optional<String> passwordFile();

        /**
         * A PEM file with the certificates of the authorities that may vouch for the server, instead of those that Java
         * trusts. Default: Java's. Read at the start.
         */
        Optional<String> caFile();

        /**
         * Whether {@code redis://} may leave this machine. Default {@code false}. Sessions stay sealed, but whoever is on
         * the way reads the password, and can then do what the broker can: forget sessions, and bring back older ones.
         */
        @WithDefault("false")
        boolean plainText();

        /** What all names in the store begin with. Default {@code credential-broker:}; 1 to 64 visible ASCII characters. */
        @WithDefault("credential-broker:")
        String prefix();

        /**
         * How long a command may take; after that it is a miss. Default 50 ms, at most 1 s. Longer: a slow server delays
         * those whose session is not held. After three failures in a row the server is left alone for 5 s.
         */
        @WithDefault("50ms")
        Duration commandTimeout();

        /** How many connections one replica has at most. Default 8; 1 to 64. */
        @WithDefault("8")
        int connections();

        /** A key. */
        interface Key {

            /**
             * What the key is called: 1 to 32 letters, digits, dots, hyphens or underscores. It stands readable in each
             * entry. Example: {@code 2026-11}. To rotate, put the new key last and restart all replicas, then put it first
             * and restart them, then take the old one out: docs/replicas.md.
             */
            Optional<String> id();

            /** A file with the key: 32 random bytes in base64, as {@code openssl rand -base64 32} writes them. */
            Optional<String> file();

            /**
             * The key itself, in place of a file; best by an environment variable, such as
             * {@code BROKER_CACHE_REDIS_KEYS_0__VALUE} for the first.
             */
            Optional<Secret> value();
        }
    }
}
