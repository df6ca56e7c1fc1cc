package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimsDigestTest {

    @Test
    void of_orderOfMembersAndSpaces_doNotMatter() {
        assertThat(digest("{'a':1,'b':{'c':2,'d':3}}")).isEqualTo(digest("{ 'b' : {'d':3,'c':2}, 'a':1 }"));
        assertThat(digest("{'\\u0061':'\\u0062'}")).isEqualTo(digest("{'a':'b'}"));
    }

    @Test
    void of_volatileClaims_doNotMatterOnTheTopLevelOnly() {
        assertThat(digest("{'a':1,'jti':'x'}", "jti")).isEqualTo(digest("{'a':1,'jti':'y'}", "jti"));
        assertThat(digest("{'a':1,'jti':'x'}", "jti")).isEqualTo(digest("{'a':1}", "jti"));
        assertThat(digest("{'a':{'jti':1}}", "jti")).isNotEqualTo(digest("{'a':{'jti':2}}", "jti"));
    }

    @Test
    void of_claimsThatDifferAnyhow_differ() {
        List<String> all = List.of(
                "{}",
                "{'a':null}",
                "{'a':''}",
                "{'a':'null'}",
                "{'a':0}",
                "{'a':-0}",
                "{'a':0.0}",
                "{'a':'0'}",
                "{'a':false}",
                "{'a':'false'}",
                "{'a':true}",
                "{'a':1}",
                "{'a':1.0}",
                "{'a':1e0}",
                "{'a':0.1}",
                "{'a':0.1000000000000000055}",
                "{'a':[]}",
                "{'a':{}}",
                "{'a':[[]]}",
                "{'a':['b']}",
                "{'a':'b'}",
                "{'a':['b','c']}",
                "{'a':['c','b']}",
                "{'a':['bc']}",
                "{'a':['b',['c']]}",
                "{'a':{'b':'c'}}",
                "{'a':'b','c':'d'}",
                "{'a':'bcd'}",
                "{'ab':'c'}",
                "{'a':'B'}",
                "{'A':'b'}",
                "{'a':'b '}",
                "{'a':'?'}",
                "{'a':'\u00e9'}",
                "{'a':'e\u0301'}",
                "{'a':'\ufffd'}");

        Set<String> digests = new HashSet<>();
        all.forEach(json -> assertThat(digests.add(digest(json))).as(json).isTrue());
    }

    /** The form is part of the keys under which sessions are held: whoever changes it must change its version. */
    @Test
    void of_knownClaims_isTheKnownDigest() {
        assertThat(digest("{'sub':'alice','n':[1,true,null,{'x':'y'}]}")).isEqualTo(KNOWN);
    }

    private static final String KNOWN = "c8e0ca0d1fa83f33e2a9e4d76d597a47038f68e86bbec3fa3eb490c5d9bcdd45";

    private static String digest(String json, String... without) {
        byte[] claims = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ClaimsDigest.of(StrictJson.object(claims).orElseThrow(), Set.of(without));
    }
}
