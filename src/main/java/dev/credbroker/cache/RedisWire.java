package dev.credbroker.cache;

import dev.credbroker.cache.RespReply.Bulk;
import dev.credbroker.cache.RespReply.Count;
import dev.credbroker.cache.RespReply.Nothing;
import dev.credbroker.cache.RespReply.Refusal;
import dev.credbroker.cache.RespReply.Text;
import dev.credbroker.cache.StoreTrouble.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The store in a Redis or Valkey server, with five of its commands: {@code GETRANGE}, {@code SET}, {@code DEL},
 * {@code EVAL}, and {@code AUTH} where there is a password.
 */
final class RedisWire implements StoreWire {

    private static final String DELETE_IF_EQUAL =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";

    private final RespConnections connections;
    private final String prefix;

    RedisWire(RespConnections connections, String prefix) {
        this.connections = connections;
        this.prefix = prefix;
    }

    /** By {@code GETRANGE} in one go rather than by {@code MGET}: that would send entries of any length. */
    @Override
    public List<byte[]> read(List<String> names, int most) throws StoreTrouble {
        List<List<byte[]>> commands = names.stream()
                .map(name -> command("GETRANGE", prefix + name, "0", Integer.toString(most - 1)))
                .toList();
        List<byte[]> entries = new ArrayList<>();
        for (RespReply reply : ask(commands, most)) {
            entries.add(entry(reply));
        }
        return entries;
    }

    private static byte[] entry(RespReply reply) throws StoreTrouble {
        return switch (reply) {
            case Bulk bulk -> bulk.bytes();
            case Nothing _ -> new byte[0];
            case Refusal _ -> throw new StoreTrouble(Kind.REFUSED);
            case Text _, Count _ -> throw new StoreTrouble(Kind.BROKEN);
        };
    }

    @Override
    public void write(String name, byte[] entry, Duration life) throws StoreTrouble {
        List<byte[]> command = Stream.of(
                        Stream.of(RespConnection.bytes("SET"), RespConnection.bytes(prefix + name), entry),
                        command("PX", Long.toString(Math.max(1, life.toMillis()))).stream())
                .flatMap(words -> words)
                .toList();
        refuse(ask(List.of(command), 0).getFirst());
    }

    @Override
    public void delete(List<String> names) throws StoreTrouble {
        String[] words = Stream.concat(Stream.of("DEL"), names.stream().map(name -> prefix + name))
                .toArray(String[]::new);
        refuse(ask(List.of(command(words)), 0).getFirst());
    }

    @Override
    public boolean claim(String name, String token, Duration life) throws StoreTrouble {
        RespReply reply = ask(
                        List.of(command("SET", prefix + name, token, "NX", "PX", Long.toString(life.toMillis()))), 0)
                .getFirst();
        return switch (reply) {
            case Text _ -> true;
            case Nothing _ -> false;
            case Refusal _ -> throw new StoreTrouble(Kind.REFUSED);
            case Bulk _, Count _ -> throw new StoreTrouble(Kind.BROKEN);
        };
    }

    @Override
    public void giveUp(String name, String token) throws StoreTrouble {
        refuse(ask(List.of(command("EVAL", DELETE_IF_EQUAL, "1", prefix + name, token)), 0)
                .getFirst());
    }

    @Override
    public void close() {
        connections.close();
    }

    private static void refuse(RespReply reply) throws StoreTrouble {
        if (reply instanceof Refusal) {
            throw new StoreTrouble(Kind.REFUSED);
        }
    }

    /** Once more on a new connection, where the server had hung up on the one that was at rest. */
    private List<RespReply> ask(List<List<byte[]>> commands, int most) throws StoreTrouble {
        try {
            return once(commands, most);
        } catch (RespConnection.Gone e) {
            connections.discardRested();
        } catch (IOException e) {
            throw new StoreTrouble(Kind.BROKEN);
        }
        try {
            return once(commands, most);
        } catch (IOException e) {
            throw new StoreTrouble(Kind.BROKEN);
        }
    }

    private List<RespReply> once(List<List<byte[]>> commands, int most) throws IOException, StoreTrouble {
        RespConnection connection = taken();
        boolean sound = false;
        try {
            List<RespReply> replies = connection.ask(commands, most);
            sound = true;
            return replies;
        } finally {
            if (sound) {
                connections.give(connection);
            } else {
                connections.discard(connection);
            }
        }
    }

    private RespConnection taken() throws StoreTrouble {
        try {
            return connections.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreTrouble(Kind.UNASKED);
        }
    }

    private static List<byte[]> command(String... words) {
        return Stream.of(words).map(RespConnection::bytes).toList();
    }
}
