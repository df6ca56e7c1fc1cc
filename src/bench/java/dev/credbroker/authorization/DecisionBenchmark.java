package dev.credbroker.authorization;

import dev.credbroker.identity.Identities;
import dev.credbroker.identity.VerifiedIdentity;
import dev.credbroker.roles.AdmitDraft;
import dev.credbroker.roles.Catalogues;
import dev.credbroker.roles.RoleDraft;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whether somebody may take one of a hundred roles. */
@State(Scope.Benchmark)
public class DecisionBenchmark {

    private final Authorizer authorizer = new Authorizer(Catalogues.of(roles()));
    private final VerifiedIdentity identity =
            Identities.oidc().attribute("groups", "staff", "group-50").verified();

    private static Map<String, RoleDraft> roles() {
        Map<String, RoleDraft> roles = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            roles.put(
                    "role-" + i,
                    RoleDraft.webIdentity()
                            .arn("arn:aws:iam::123456789012:role/Role-" + i)
                            .admitting(AdmitDraft.someOf("corp").whose("groups", AdmitDraft.isAnyOf("group-" + i))));
        }
        return roles;
    }

    @Setup
    public void prove() {
        if (!(decide() instanceof Decision.Granted)) {
            throw new IllegalStateException("not granted");
        }
    }

    @Benchmark
    public Decision decide() {
        return authorizer.decide(identity, "role-50");
    }
}
