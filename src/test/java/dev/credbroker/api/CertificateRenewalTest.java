package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.vertx.http.runtime.HttpCertificateUpdateEventListener;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class CertificateRenewalTest {

    private static final String NAME = "https";

    @Inject
    private HttpCertificateUpdateEventListener inUse;

    @Inject
    private Vertx vertx;

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final CountDownLatch accepted = new CountDownLatch(1);
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void end() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        var _ = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    /** In place of Quarkus' own, which would drop who comes meanwhile. */
    @Test
    void renewal_isTheOneThatTheServerIsRenewedBy() {
        assertThat(inUse).isInstanceOf(CertificateRenewal.class);
    }

    @Test
    void connection_thatComesDuringARenewal_waitsUntilItIsOver() throws InterruptedException {
        InetSocketAddress address = listening();
        List<Boolean> acceptedMeanwhile = new ArrayList<>();

        renewal(() -> {
                    connect(address);
                    acceptedMeanwhile.add(isAcceptedWithin(200));
                    return Future.succeededFuture(true);
                })
                .onCertificateUpdate(event());

        assertThat(acceptedMeanwhile).containsExactly(false);
        assertThat(isAcceptedWithin(30_000)).isTrue();
    }

    @Test
    void connection_afterARenewalThatFailed_isAccepted() throws InterruptedException {
        InetSocketAddress address = listening();

        renewal(() -> Future.failedFuture("no key")).onCertificateUpdate(event());
        connect(address);

        assertThat(isAcceptedWithin(30_000)).isTrue();
    }

    private InetSocketAddress listening() throws InterruptedException {
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accepted.countDown();
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        new ConnectionGuard().postInitializeServerListenerChannel((ServerChannel) listener);
        return (InetSocketAddress) listener.localAddress();
    }

    private void connect(InetSocketAddress address) {
        try {
            clients.add(new Socket(address.getAddress(), address.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isAcceptedWithin(int millis) {
        try {
            return accepted.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of one server, which takes over new certificates as {@code takeOver} does. */
    private CertificateRenewal renewal(Supplier<Future<Boolean>> takeOver) {
        CertificateRenewal renewal = new CertificateRenewal(vertx);
        renewal.register(standIn(HttpServer.class, takeOver), NAME, "the server");
        return renewal;
    }

    private static CertificateUpdatedEvent event() {
        return new CertificateUpdatedEvent(NAME, standIn(TlsConfiguration.class, () -> null));
    }

    /** Answers each of its methods alike. */
    private static <T> T standIn(Class<T> type, Supplier<?> answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, _, _) -> answer.get()));
    }
}
