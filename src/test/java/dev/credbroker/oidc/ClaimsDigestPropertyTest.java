package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.oidc.JsonValue.JsonArray;
import dev.credbroker.oidc.JsonValue.JsonBoolean;
import dev.credbroker.oidc.JsonValue.JsonNull;
import dev.credbroker.oidc.JsonValue.JsonNumber;
import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClaimsDigestPropertyTest {

    /** A tiny alphabet, so that equal and nearly equal claims are common. */
    private static final Arbitrary<String> TEXTS =
            Arbitraries.strings().withChars("at1\u0000,").ofMaxLength(2);

    @Property(tries = 5000)
    void of_twoSetsOfClaims_isEqualOnlyIfTheyAre(@ForAll("claims") JsonObject one, @ForAll("claims") JsonObject other) {
        assertThat(digest(one).equals(digest(other))).isEqualTo(one.equals(other));
    }

    @Property
    void of_membersInAnotherOrder_isTheSame(@ForAll("claims") JsonObject claims) {
        List<Map.Entry<String, JsonValue>> members =
                new ArrayList<>(claims.members().entrySet());
        Collections.reverse(members);
        Map<String, JsonValue> reversed = new LinkedHashMap<>();
        members.forEach(member -> reversed.put(member.getKey(), member.getValue()));

        assertThat(digest(new JsonObject(reversed))).isEqualTo(digest(claims));
    }

    @Provide
    Arbitrary<JsonObject> claims() {
        return objects(values(2));
    }

    private static Arbitrary<JsonValue> values(int depth) {
        Arbitrary<JsonValue> scalars = Arbitraries.oneOf(
                TEXTS.map(JsonText::new),
                Arbitraries.of("0", "-0", "1", "1.0", "11").map(JsonNumber::new),
                Arbitraries.of(true, false).map(JsonBoolean::new),
                Arbitraries.just(new JsonNull()));
        return depth == 0
                ? scalars
                : Arbitraries.oneOf(
                        scalars,
                        values(depth - 1).list().ofMaxSize(2).map(JsonArray::new),
                        objects(values(depth - 1)).map(object -> object));
    }

    private static Arbitrary<JsonObject> objects(Arbitrary<JsonValue> values) {
        return Arbitraries.maps(TEXTS, values).ofMaxSize(2).map(JsonObject::new);
    }

    private static String digest(JsonObject claims) {
        return ClaimsDigest.of(claims, Set.of());
    }
}
