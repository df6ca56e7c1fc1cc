package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private final BodyMemory memory = new BodyMemory(100);

    @Test
    void take_upToTheMost_isGranted() {
        assertThat(memory.take(99)).isTrue();
        assertThat(memory.take(1)).isTrue();
        assertThat(memory.take(1)).isFalse();
    }

    @Test
    void take_refused_takesNothing() {
        assertThat(memory.take(101)).isFalse();

        assertThat(memory.take(100)).isTrue();
    }

    @Test
    void give_makesRoom() {
        assertThat(memory.take(100)).isTrue();

        memory.give(40);

        assertThat(memory.take(41)).isFalse();
        assertThat(memory.take(40)).isTrue();
    }
}
