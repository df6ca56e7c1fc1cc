package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.cache.Given.Source;
import dev.credbroker.outcome.Issued;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.Plans;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.World;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsJsonTest {

    @ParameterizedTest
    @CsvSource({
        "HIT, false, credential-broker; hit; ttl=60",
        "ADOPTED, false, credential-broker; hit; ttl=60; detail=shared",
        "ADOPTED, true, credential-broker; hit; ttl=60; detail=shared",
        "KEPT, false, credential-broker; hit; ttl=60; detail=not-renewed:throttled",
        "MISS, false, credential-broker; fwd=miss; stored; ttl=60",
        "MISS, true, credential-broker; fwd=miss; collapsed; ttl=60",
        "RENEWED, false, credential-broker; fwd=stale; stored; ttl=60",
        "RENEWED, true, credential-broker; fwd=stale; collapsed; ttl=60",
    })
    void answer_fromEachSource_tellsItAsRfc9211Says(Source source, boolean shared, String status) {
        Issued issued = new Issued(
                RoleArn.parse(World.OIDC_ROLE),
                new CredentialDocument("ASIATEST", Secret.of("{}"), TestClock.START),
                Plans.webIdentity().plan().duration(),
                source,
                shared,
                Optional.of("throttled").filter(_ -> source == Source.KEPT),
                Duration.ofSeconds(60));

        assertThat(CredentialsJson.answer(issued).headers()).containsEntry("Cache-Status", status);
    }
}
