package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final Principal ALICE = new Principal("corp", List.of("alice"));
    private static final Principal BOB = new Principal("corp", List.of("bob"));

    private final Places places = new Places(3, 2);

    @Test
    void take_ofOneThatHasAllItMay_isRefusedAndLeavesTheRestToOthers() {
        assertThat(places.take(ALICE)).isTrue();
        assertThat(places.take(ALICE)).isTrue();
        assertThat(places.take(ALICE)).isFalse();

        assertThat(places.take(BOB)).isTrue();
    }

    @Test
    void take_ofTheLastPlace_leavesNoneToAnybody() {
        assertThat(places.take(ALICE)).isTrue();
        assertThat(places.take(ALICE)).isTrue();
        assertThat(places.take(BOB)).isTrue();

        assertThat(places.take(BOB)).isFalse();
    }

    @Test
    void giveBack_makesRoomForTheSameAgain() {
        assertThat(places.take(ALICE)).isTrue();
        assertThat(places.take(ALICE)).isTrue();
        places.giveBack(ALICE);

        assertThat(places.areFree()).isFalse();
        assertThat(places.take(ALICE)).isTrue();
        assertThat(places.take(ALICE)).isFalse();
    }

    @Test
    void areFree_whenAllIsGivenBack() {
        assertThat(places.take(ALICE)).isTrue();
        places.giveBack(ALICE);

        assertThat(places.areFree()).isTrue();
    }
}
