package dev.credbroker.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.cache.RespReply.Bulk;
import dev.credbroker.cache.RespReply.Count;
import dev.credbroker.cache.RespReply.Nothing;
import dev.credbroker.cache.RespReply.Refusal;
import dev.credbroker.cache.RespReply.Text;
import dev.credbroker.fuzz.Cost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whatever a server sends is replies as it spells them, one after the other, and then the end of the conversation. */
class RespReaderFuzzTest {

    private static final int MOST = 64;

    /** @param sent by the server */
    @FuzzTest
    void read_anyBytes_isRepliesAsTheyAreSpelledOrTheEnd(byte[] sent) {
        List<String> spelled = Cost.bounded(() -> replies(sent));

        assertThat(new String(sent, ISO_8859_1)).startsWith(String.join("", spelled));
    }

    private static List<String> replies(byte[] sent) {
        ByteArrayInputStream in = new ByteArrayInputStream(sent);
        RespReader reader = new RespReader(in);
        List<String> spelled = new ArrayList<>();
        try {
            while (true) {
                int begin = sent.length - in.available();
                RespReply reply = reader.read(MOST);
                spelled.add(checked(reply, new String(sent, begin, sent.length - in.available() - begin, ISO_8859_1)));
            }
        } catch (IOException e) {
            return spelled;
        }
    }

    private static String checked(RespReply reply, String text) {
        switch (reply) {
            case Text(String said) -> assertThat(text).isEqualTo("+" + said + "\r\n");
            case Refusal _ -> assertThat(text).startsWith("-").endsWith("\r\n");
            case Count(long count) ->
                assertThat(Long.parseLong(text.substring(1, text.length() - 2))).isEqualTo(count);
            case Nothing _ -> assertThat(text).startsWith("$-");
            case Bulk bulk -> {
                assertThat(bulk.bytes()).hasSizeLessThanOrEqualTo(MOST);
                assertThat(text).startsWith("$").endsWith("\r\n" + new String(bulk.bytes(), ISO_8859_1) + "\r\n");
            }
        }
        return text;
    }
}
