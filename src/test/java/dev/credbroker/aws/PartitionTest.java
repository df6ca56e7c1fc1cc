package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {

    @Test
    void constants_areReadyWhenTheClassIs() {
        assertThat(Partition.AWS).isEqualTo(new Partition("aws"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AWS", "aws-", "aws-cn2", "aws-iso-", "aws-iso-bb", "azure"})
    void new_noPartition_isRefused(String id) {
        assertThatThrownBy(() -> new Partition(id)).isInstanceOf(IllegalArgumentException.class);
    }
}
