import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The image's health check, since there is neither a shell nor curl in it: 0 if the program lives, else 1. */
class Healthy {

    public static void main(String... none) {
        System.exit(lives() ? 0 : 1);
    }

    private static boolean lives() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 9000)) {
            socket.setSoTimeout(3000);
            socket.getOutputStream()
                    .write("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
                    .equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }
}
