package dev.credbroker.sts;

import dev.credbroker.identity.Proof;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.Plans;
import dev.credbroker.simulator.World;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The broker's way to the simulated STS, and plans whose proofs are good there. */
final class StsWorld {

    private final World world;

    StsWorld(World world) {
        this.world = world;
    }

    /** With the key that the simulator knows as the broker's own. */
    StsClients clients(Duration callTimeout) {
        return clients(callTimeout, World.KEY);
    }

    StsClients clients(Duration callTimeout, AwsCredentials own) {
        return new StsClients(
                Optional.of(URI.create(world.simulator().url())),
                Duration.ofSeconds(1),
                callTimeout,
                StaticCredentialsProvider.create(own));
    }

    SdkStsCall call(StsClients clients) {
        return call(clients, StaticCredentialsProvider.create(World.KEY));
    }

    SdkStsCall call(StsClients clients, AwsCredentialsProvider own) {
        return new SdkStsCall(
                clients,
                new SdkOwnCredentials(own, Executors.newVirtualThreadPerTaskExecutor(), Duration.ofSeconds(20)),
                world.clock());
    }

    Plans saml() {
        return Plans.saml()
                .proof(new Proof.SamlResponse(Secret.of(world.response().encode())));
    }

    Plans webIdentity() {
        return Plans.webIdentity().proof(Plans.jwt(world.token().sign()));
    }

    Plans assumeRole() {
        return Plans.assumeRole();
    }
}
