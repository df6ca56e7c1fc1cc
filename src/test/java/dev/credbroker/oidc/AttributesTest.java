package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AttributesTest {

    @Test
    void attributes_textBooleanAndInteger_countAsTheirText() {
        assertThat(read("{'a':'x','b':true,'c':false,'d':12,'e':-0,'f':12345678901234567890}"))
                .isEqualTo(Map.of(
                        "a", Set.of("x"),
                        "b", Set.of("true"),
                        "c", Set.of("false"),
                        "d", Set.of("12"),
                        "e", Set.of("-0"),
                        "f", Set.of("12345678901234567890")));
    }

    @Test
    void attributes_arrayOfThem_isTheSet() {
        assertThat(read("{'a':['x','y','x',1,true]}")).isEqualTo(Map.of("a", Set.of("x", "y", "1", "true")));
    }

    @Test
    void attributes_objectNullFractionAndEmptyArray_areAbsent() {
        assertThat(read("{'a':{'b':'c'},'d':null,'e':1.5,'f':1e2,'g':[]}")).isEmpty();
    }

    @Test
    void attributes_arrayWithAnElementWithoutText_isAbsentAsAWhole() {
        assertThat(read("{'a':['x',null],'b':['x',{}],'c':['x',['y']],'d':['x',1.5]}"))
                .isEmpty();
    }

    @Test
    void attributes_emptyText_isAValue() {
        assertThat(read("{'a':''}")).isEqualTo(Map.of("a", Set.of("")));
    }

    @Test
    void attributes_mapped_areFoundAtTheirPath() {
        String claims =
                "{'realm_access':{'roles':['r']},'resource_access':{'my.client':{'roles':['c']}},'https://e/g':'h'}";

        assertThat(read(
                        claims,
                        Map.of(
                                "groups", "realm_access.roles",
                                "roles", "resource_access.\"my.client\".roles",
                                "g", "\"https://e/g\"")))
                .containsEntry("groups", Set.of("r"))
                .containsEntry("roles", Set.of("c"))
                .containsEntry("g", Set.of("h"));
    }

    @Test
    void attributes_mappedNameOfAClaim_hidesTheClaimEvenWhereThePathLeadsNowhere() {
        assertThat(read("{'groups':['admin'],'r':{'groups':['user']}}", Map.of("groups", "r.groups")))
                .isEqualTo(Map.of("groups", Set.of("user")));
        assertThat(read("{'groups':['admin']}", Map.of("groups", "r.groups"))).isEmpty();
        assertThat(read("{'groups':['admin'],'r':'x'}", Map.of("groups", "r.groups")))
                .containsOnlyKeys("r");
    }

    private static Map<String, Set<String>> read(String json) {
        return read(json, Map.of());
    }

    private static Map<String, Set<String>> read(String json, Map<String, String> paths) {
        Map<String, ClaimPath> mapped = paths.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ClaimPath.parse(entry.getValue())));
        byte[] claims = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return new AttributeRules(mapped).read(StrictJson.object(claims).orElseThrow());
    }
}
