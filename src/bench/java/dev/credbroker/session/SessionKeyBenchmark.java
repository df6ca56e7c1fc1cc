package dev.credbroker.session;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The digest of all that STS would be asked. */
@State(Scope.Benchmark)
public class SessionKeyBenchmark {

    private final SessionSpec plain = Plans.webIdentity().spec();
    private final SessionSpec tagged = Plans.assumeRole()
            .tags(Map.of("team", "data", "workload", "nightly", "centre", "4711"), "team")
            .policies("{\"Version\":\"2012-10-17\",\"Statement\":[]}")
            .spec();

    @Benchmark
    public SessionKey plain() {
        return SessionKey.of(plain);
    }

    @Benchmark
    public SessionKey tagsAndPolicy() {
        return SessionKey.of(tagged);
    }
}
