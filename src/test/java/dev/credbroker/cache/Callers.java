package dev.credbroker.cache;

import dev.credbroker.session.SessionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Many who ask at once, each on a thread of its own. */
final class Callers {

    private final CredentialCache cache;
    private final List<Thread> threads = new ArrayList<>();
    private final List<CompletableFuture<Given>> answers = new ArrayList<>();

    Callers(CredentialCache cache) {
        this.cache = cache;
    }

    Callers ask(int count, SessionPlan plan) {
        for (int i = 0; i < count; i++) {
            ask(plan);
        }
        return this;
    }

    CompletableFuture<Given> ask(SessionPlan plan) {
        CompletableFuture<Given> answer = new CompletableFuture<>();
        answers.add(answer);
        threads.add(Thread.startVirtualThread(() -> {
            try {
                answer.complete(cache.obtain(plan));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }));
        return answer;
    }

    /** Returns once each of them waits for an exchange, or has its answer. */
    Callers awaitAllWaiting() {
        threads.forEach(thread -> {
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
        });
        return this;
    }

    List<Given> answers() {
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** What those who were refused were told. */
    List<Throwable> refusals() {
        return answers.stream()
                .map(answer -> answer.handle((given, refusal) -> refusal))
                .map(CompletableFuture::join)
                .filter(refusal -> refusal != null)
                .map(refusal -> refusal instanceof CompletionException ? refusal.getCause() : refusal)
                .toList();
    }
}
