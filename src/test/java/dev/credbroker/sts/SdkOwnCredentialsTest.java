package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.session.OwnCredentials.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

class SdkOwnCredentialsTest {

    private static final AwsCredentials KEYS_OF_A_USER = AwsBasicCredentials.create("AKIATEST", "secret");
    private static final AwsCredentials KEYS_OF_A_SESSION = AwsSessionCredentials.create("ASIATEST", "secret", "token");
    private static final Supplier<AwsCredentials> NONE = () -> {
        throw SdkClientException.create("none in the chain");
    };

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final AtomicReference<Supplier<AwsCredentials>> chain = new AtomicReference<>(() -> KEYS_OF_A_USER);
    private final SdkOwnCredentials own =
            new SdkOwnCredentials(() -> chain.get().get(), THREADS, Duration.ofSeconds(20));

    @Test
    void lookUp_ofAChainThatHangs_endsInTime() {
        CountDownLatch never = new CountDownLatch(1);
        SdkOwnCredentials hanging = new SdkOwnCredentials(
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return KEYS_OF_A_USER;
                },
                THREADS,
                Duration.ofMillis(50));

        assertThat(hanging.lookUp()).isEmpty();
    }

    @Test
    void known_beforeAnyLookUp_isNothingAndDoesNotAsk() {
        chain.set(NONE);

        assertThat(own.known()).isEmpty();
    }

    @Test
    void lookUp_ofAUsersKeys_isLastingAndRemembered() {
        assertThat(own.lookUp()).contains(Kind.LASTING);
        assertThat(own.known()).contains(Kind.LASTING);
    }

    @Test
    void lookUp_ofASessionsKeys_isTemporary() {
        chain.set(() -> KEYS_OF_A_SESSION);

        assertThat(own.lookUp()).contains(Kind.TEMPORARY);
    }

    @Test
    void lookUp_whereTheKindHasChanged_isRememberedAnew() {
        own.lookUp();
        chain.set(() -> KEYS_OF_A_SESSION);

        own.lookUp();

        assertThat(own.known()).contains(Kind.TEMPORARY);
    }

    @Test
    void lookUp_withoutCredentials_isAbsent() {
        chain.set(NONE);

        assertThat(own.lookUp()).isEmpty();
    }
}
