package dev.credbroker.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "127.255.255.255",
                "127.0.0.1:8080",
                "localhost",
                "LOCALHOST",
                "LocalHost:1",
                "[::1]",
                "[::1]:8080"
            })
    void parse_httpOnLoopback_isTaken(String host) {
        assertThat(WebAddress.parse("http://" + host + "/x").uri()).hasToString("http://" + host + "/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "localhost.",
                "localhost.example.com",
                "evil-localhost",
                "localhost.localdomain",
                "127.0.0.1.evil.com",
                "127.0.0.1.",
                "128.0.0.1",
                "126.255.255.255",
                "0.0.0.0",
                "10.0.0.1",
                "169.254.169.254",
                "127.999.1.1",
                "127.0.0.256",
                "127.0.0.01",
                "127.0.0",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "[::]",
                "[::2]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:0:0:1]",
                "[::1%25lo]",
                "loc\u0430lhost",
                "\uff4cocalhost",
                "\u2460\u2461\u2466.0.0.1",
                "local_host",
                ""
            })
    void parse_httpOffLoopbackOrSpeltOtherwise_isRefused(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> WebAddress.parse("http://" + host + "/x"));
        assertThat(WebAddress.of("http://" + host + "/x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://idp.example.com/x", "HTTPS://idp.example.com:8443", "https://10.0.0.1/"})
    void parse_https_isTakenWherever(String text) {
        assertThat(WebAddress.of(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "/etc/metadata.xml",
                "https:",
                "https://",
                "https:///x",
                "https:idp.example.com",
                "https://:443/",
                "https://user@idp.example.com/",
                "https://user:password@idp.example.com/",
                "https://idp.example.com/#x",
                "https://idp.example.com/#",
                "https://idp example.com/",
                "http://user@127.0.0.1/",
                "http://127.0.0.1@example.com/",
                "http://127.0.0.1\\@example.com/",
                "http://example.com#@127.0.0.1/",
                "ftp://127.0.0.1/",
                "file://localhost/etc/passwd",
                "jar:https://localhost/x",
                "httpss://idp.example.com/",
                "//127.0.0.1/"
            })
    void parse_whatIsNoSuchAddress_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WebAddress.parse(text));
    }

    @Test
    void parse_whatItRefuses_isNotRepeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebAddress.parse("https://user:canary@idp.example.com/"))
                .withMessageNotContaining("canary");
    }

    @Test
    void host_inAnyCase_isInLowerCase() {
        assertThat(WebAddress.parse("https://IdP.Example.COM/X").host()).isEqualTo("idp.example.com");
    }
}
