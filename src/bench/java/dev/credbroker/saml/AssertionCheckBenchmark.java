package dev.credbroker.saml;

import dev.credbroker.secret.Secret;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whether a SAML response is genuine: never remembered. */
@State(Scope.Benchmark)
public class AssertionCheckBenchmark {

    private final AssertionChecker checker = TrustedProvider.checker(TrustedProvider.NOW);
    private final Secret response = Secret.of(TrustedProvider.response().encode());

    @Setup
    public void prove() {
        TrustedProvider.genuine(checker.check(response));
    }

    @Benchmark
    public Object rsaSha256() {
        return checker.check(response);
    }
}
