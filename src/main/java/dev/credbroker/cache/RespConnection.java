package dev.credbroker.cache;

import dev.credbroker.secret.Secret;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a Redis or Valkey server, for one thread at a time. It reads when it waits for a reply, and at no other
 * time: a server that talks unasked fills its own buffers.
 *
 * <p>Blocks; on a virtual thread, an interrupt closes it.
 */
final class RespConnection implements Closeable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final RespReader reader;

    private RespConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.reader = new RespReader(in);
    }

    /** The server hung up before it replied anything: most likely it had done so long ago. */
    static final class Gone extends IOException {
        Gone() {
            super("the server has hung up");
        }
    }

    /**
     * Connects, and says who asks. May take {@link RedisSettings#CONNECT_TIMEOUT} for each step.
     *
     * @throws IOException if there is no server, or none that is trusted and lets the broker in
     */
    static RespConnection open(RedisSettings settings) throws IOException {
        Socket socket = new Socket();
        try {
            int patience = (int) RedisSettings.CONNECT_TIMEOUT.toMillis();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(patience);
            RedisAddress address = settings.address();
            socket.connect(new InetSocketAddress(address.host(), address.port()), patience);
            RespConnection connection = new RespConnection(
                    settings.tls().isPresent()
                            ? secured(socket, address, settings.tls().get())
                            : socket);
            connection.introduce(settings);
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The name in the server's certificate is checked as in HTTPS, which plain TLS sockets do not do by themselves. */
    private static Socket secured(Socket socket, RedisAddress address, SSLContext tls) throws IOException {
        SSLSocket secured =
                (SSLSocket) tls.getSocketFactory().createSocket(socket, address.host(), address.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private void introduce(RedisSettings settings) throws IOException {
        List<List<byte[]>> commands = new ArrayList<>();
        settings.password().ifPresent(password -> commands.add(authentication(settings.username(), password)));
        if (settings.address().database() > 0) {
            commands.add(List.of(
                    bytes("SELECT"), bytes(Integer.toString(settings.address().database()))));
        }
        if (!commands.isEmpty() && ask(commands, 0).stream().anyMatch(RespReply.Refusal.class::isInstance)) {
            throw new IOException("the server does not let the broker in");
        }
    }

    private static List<byte[]> authentication(Optional<String> username, Secret password) {
        return Stream.of(Stream.of("AUTH"), username.stream(), Stream.of(password.reveal()))
                .flatMap(words -> words)
                .map(RespConnection::bytes)
                .toList();
    }

    /**
     * The replies to {@code commands}, in their order; after a failure the connection is of no more use.
     *
     * @param most how many bytes a reply may have
     * @throws Gone if the server had hung up
     */
    List<RespReply> ask(List<List<byte[]>> commands, int most) throws IOException {
        List<RespReply> replies = new ArrayList<>(commands.size());
        try {
            out.write(written(commands));
            replies.add(reader.read(most));
        } catch (EOFException | SocketException e) {
            throw new Gone();
        }
        while (replies.size() < commands.size()) {
            replies.add(reader.read(most));
        }
        return replies;
    }

    /** Whether it is open and the server has said nothing unasked. */
    boolean usable() {
        try {
            return !socket.isClosed() && in.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no more use either way
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] written(List<List<byte[]>> commands) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (List<byte[]> command : commands) {
            all.writeBytes(bytes("*" + command.size() + "\r\n"));
            for (byte[] word : command) {
                all.writeBytes(bytes("$" + word.length + "\r\n"));
                all.writeBytes(word);
                all.writeBytes(bytes("\r\n"));
            }
        }
        return all.toByteArray();
    }
}
