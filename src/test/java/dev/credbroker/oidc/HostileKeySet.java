package dev.credbroker.oidc;

import com.sun.net.httpserver.HttpExchange;
import dev.credbroker.simulator.Decoy;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** What is answered in place of an issuer's keys. */
public enum HostileKeySet {
    /** The connection is taken, and nothing ever comes. */
    STALLED {
        @Override
        void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) {
            await(end);
        }
    },
    /** A body that begins well and never goes on. */
    HALF {
        @Override
        void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) throws IOException {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"keys\":[".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            await(end);
        }
    },
    /** A body that never ends, as fast as it is read. */
    ENDLESS {
        @Override
        void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) throws IOException {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    body.write(new byte[8192]);
                }
            }
        }
    },
    BROKEN {
        @Override
        void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) throws IOException {
            TestIdentityProvider.send(exchange, 500, TestToken.json(TestKey.RSA.jwk()));
        }
    },
    /** What a proxy or a captive portal says. */
    HTML {
        @Override
        void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) throws IOException {
            TestIdentityProvider.send(exchange, 200, "<!DOCTYPE html><html><body>Sign in</body></html>");
        }
    },
    EMPTY {
        @Override
        void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) throws IOException {
            TestIdentityProvider.send(exchange, 200, "{\"keys\":[]}");
        }
    },
    MOVED {
        @Override
        void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) throws IOException {
            exchange.getResponseHeaders().add("Location", decoy.url());
            TestIdentityProvider.send(exchange, 302, "");
        }
    },
    CUT {
        @Override
        void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) throws IOException {
            throw new IOException("cut");
        }
    };

    abstract void answer(HttpExchange exchange, Decoy decoy, CountDownLatch end) throws IOException;

    /** The name of an issuer that has never answered in another way. */
    public String issuer() {
        return "keys-" + name().toLowerCase(java.util.Locale.ROOT);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
