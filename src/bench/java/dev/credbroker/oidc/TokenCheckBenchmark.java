package dev.credbroker.oidc;

import dev.credbroker.secret.Secret;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Whether a JWT is genuine, by a signature that is verified or remembered. */
@State(Scope.Benchmark)
public class TokenCheckBenchmark {

    private final TestGate forgetful = new TestGate(TestKey.RSA, TestKey.EC);
    private final TestGate remembering = TestGate.remembering(TestKey.RSA, TestKey.EC);
    private final Secret rs256 = forgetful.token(TestKey.RSA).secret();
    private final Secret es256 = forgetful.token(TestKey.EC).secret();
    private final Secret remembered = remembering.token(TestKey.RSA).secret();

    /** None of these must be refused, which would be cheaper. */
    @Setup
    public void prove() {
        forgetful.assertGenuine(rs256.reveal());
        forgetful.assertGenuine(es256.reveal());
        remembering.assertGenuine(remembered.reveal());
    }

    @TearDown
    public void close() {
        forgetful.close();
        remembering.close();
    }

    @Benchmark
    public Object rs256FirstSeen() {
        return forgetful.checker.check(rs256);
    }

    @Benchmark
    public Object es256FirstSeen() {
        return forgetful.checker.check(es256);
    }

    @Benchmark
    public Object rs256Remembered() {
        return remembering.checker.check(remembered);
    }
}
