package dev.credbroker.api;

import dev.credbroker.oidc.AttackedIssuers;
import dev.credbroker.simulator.sts.Trust;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Issuers to aim attacks at, beside {@link RunningWorld}, and one role that all of their tokens open. */
public final class AttackedWorld implements QuarkusTestResourceLifecycleManager {

    static final String ROLE = "attacked";

    private static final String ROLE_ARN = "arn:aws:iam::123456789012:role/Attacked";
    private static final AttackedIssuers issuers = new AttackedIssuers(InstantSource.system());

    static AttackedIssuers issuers() {
        return issuers;
    }

    @Override
    public Map<String, String> start() {
        RunningWorld.sts().role(ROLE_ARN, Duration.ofHours(4), Trust.caller(RunningWorld.ACCESS_KEY_ID));
        Map<String, String> properties = new HashMap<>(issuers.properties());
        String role = "broker.roles." + ROLE;
        properties.put(role + ".arn", ROLE_ARN);
        properties.put(role + ".operation", "assume-role");
        properties.put(role + ".session-name", "{provider}-{subject}");
        int admitted = 0;
        for (String name : issuers.names()) {
            String admission = "%s.admit[%d].".formatted(role, admitted++);
            properties.put(admission + "provider", name);
            properties.put(admission + "everyone", "true");
        }
        return properties;
    }

    @Override
    public void stop() {
        issuers.close();
    }
}
