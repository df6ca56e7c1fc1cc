package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespReaderTest {

    private static final int MOST = 8;

    @Test
    void read_eachKindOfReply_isThatReply() throws IOException {
        RespReader reader = reader("+OK\r\n:-7\r\n$0\r\n\r\n$8\r\n12\r\n5678\r\n$-1\r\n-ERR secret words\r\n");

        assertThat(reader.read(MOST)).isEqualTo(new RespReply.Text("OK"));
        assertThat(reader.read(MOST)).isEqualTo(new RespReply.Count(-7));
        assertThat(bulk(reader)).isEmpty();
        assertThat(bulk(reader)).isEqualTo("12\r\n5678");
        assertThat(reader.read(MOST)).isEqualTo(new RespReply.Nothing());
        assertThat(reader.read(MOST)).isEqualTo(new RespReply.Refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // longer than it may be, and by far
                "$9\r\n123456789\r\n",
                "$536870912\r\n",
                "$99999999999999999999\r\n",
                "$-2\r\n",
                // no number
                "$\r\n",
                ":x\r\n",
                ":1 \r\n",
                "$0x4\r\n1234\r\n",
                // not ended as it must be
                "$4\r\n12345\r\n",
                "$4\r\n1234\n",
                "+OK\rx",
                // kinds that no command of ours leads to, and none at all
                "*1\r\n+OK\r\n",
                "%1\r\n",
                ">2\r\n",
                "_\r\n",
                "HTTP/1.1 400\r\n",
                "\r\n",
            })
    void read_whatMayNotBe_endsTheConversation(String reply) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> reader(reply).read(MOST))
                .withMessage(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "+OK", "+OK\r", ":", "$", "$4\r\n", "$4\r\n123", "$4\r\n1234"})
    void read_whatIsCutShort_isAHangUp(String reply) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> reader(reply).read(MOST))
                .isInstanceOfAny(EOFException.class, ProtocolException.class);
    }

    @Test
    void read_aLineAtTheLongestAndBeyond_isItAndEndsTheConversation() throws IOException {
        String longest = "x".repeat(RespReader.LONGEST_LINE - 1);

        assertThat(reader("+" + longest + "\r\n").read(MOST)).isEqualTo(new RespReply.Text(longest));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> reader("+x" + longest + "\r\n").read(MOST));
    }

    /** A line without end costs no more than a line. */
    @Test
    void read_aLineWithoutEnd_isReadNoFurtherThanTheLongest() {
        Endless endless = new Endless();

        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> new RespReader(endless).read(MOST));

        assertThat(endless.read).isEqualTo(RespReader.LONGEST_LINE + 1);
    }

    private static final class Endless extends InputStream {

        private int read;

        @Override
        public int read() {
            read++;
            return '+';
        }
    }

    private static String bulk(RespReader reader) throws IOException {
        return reader.read(MOST) instanceof RespReply.Bulk bulk
                ? new String(bulk.bytes(), StandardCharsets.US_ASCII)
                : "no bulk";
    }

    private static RespReader reader(String replies) {
        return new RespReader(new ByteArrayInputStream(replies.getBytes(StandardCharsets.US_ASCII)));
    }
}
