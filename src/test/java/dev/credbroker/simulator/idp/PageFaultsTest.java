package dev.credbroker.simulator.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.simulator.Wire;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.FaultScript;
import dev.credbroker.simulator.http.Gate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PageFaultsTest {

    @RegisterExtension
    static final World WORLD = new World();

    private final SimulatedIdentityProvider provider = WORLD.provider();
    private final FaultScript faults = provider.faults(Page.JWKS);

    @Test
    void faults_scriptedTwice_areDrawnInTheirOrderAndRunDry() throws Exception {
        faults.next(2, Fault.status(500));
        faults.next(1, Fault.status(503));

        assertThat(jwks().statusCode()).isEqualTo(500);
        assertThat(jwks().statusCode()).isEqualTo(500);
        assertThat(jwks().statusCode()).isEqualTo(503);
        assertThat(jwks().statusCode()).isEqualTo(200);
    }

    @Test
    void faults_always_lastUntilCleared() throws Exception {
        faults.always(Fault.status(500));

        assertThat(jwks().statusCode()).isEqualTo(500);
        assertThat(jwks().statusCode()).isEqualTo(500);
        faults.clear();
        assertThat(jwks().statusCode()).isEqualTo(200);
    }

    @Test
    void faults_ofOnePage_leaveTheOthersAlone() throws Exception {
        faults.always(Fault.status(500));

        assertThat(Wire.get(provider.url(Page.DISCOVERY)).statusCode()).isEqualTo(200);
    }

    @Test
    void failAlways_onEveryPage_lastsUntilCleared() throws Exception {
        provider.failAlways(Fault.status(503));

        assertThat(jwks().statusCode()).isEqualTo(503);
        assertThat(Wire.get(provider.url(Page.METADATA)).statusCode()).isEqualTo(503);
        provider.clearFaults();
        assertThat(Wire.get(provider.url(Page.METADATA)).statusCode()).isEqualTo(200);
    }

    @Test
    void html_insteadOfKeys_isAPageWithStatus200() throws Exception {
        faults.next(1, Fault.html());

        HttpResponse<String> page = jwks();

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void huge_insteadOfKeys_isAsLongAsAsked() throws Exception {
        faults.next(1, Fault.huge(5_000_000));

        assertThat(jwks().body()).hasSize(5_000_002);
    }

    @Test
    void redirect_insteadOfKeys_namesTheOtherPlace() throws Exception {
        faults.next(1, Fault.redirect("http://127.0.0.1:1/evil"));

        HttpResponse<String> answer = jwks();

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("http://127.0.0.1:1/evil");
    }

    @Test
    void cut_insteadOfKeys_closesTheConnection() {
        faults.always(Fault.cut());

        assertThatThrownBy(this::jwks).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void stall_amidTheKeys_neverEnds() {
        faults.next(1, Fault.stall());

        assertThatThrownBy(() ->
                        Wire.send(HttpRequest.newBuilder(URI.create(provider.url(Page.JWKS))), Duration.ofMillis(300)))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void truncate_amidTheKeys_isHalfOfThem() throws Exception {
        faults.next(1, Fault.truncate());

        assertThat(jwks().body()).hasSize(provider.jwks().length() / 2);
    }

    @Test
    void delay_beforeTheKeys_answersNoEarlier() throws Exception {
        faults.next(1, Fault.delay(Duration.ofMillis(100)));
        long start = System.nanoTime();

        assertThat(jwks().statusCode()).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void hold_untilOpened_answersHonestly() throws Exception {
        Gate gate = faults.hold();
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(this::status, Thread::startVirtualThread);
        gate.awaitArrivals(1, Duration.ofSeconds(20));

        assertThat(answer).isNotDone();
        gate.open();
        assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(200);
    }

    @Test
    void clear_whileRequestsAreHeld_letsThemGo() {
        Gate gate = faults.hold();
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(this::status, Thread::startVirtualThread);
        gate.awaitArrivals(1, Duration.ofSeconds(20));

        faults.clear();

        assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(200);
    }

    @Test
    void fetches_ofOnePage_areCountedWhateverTheAnswer() throws Exception {
        int before = provider.fetches(Page.JWKS).count();
        faults.next(1, Fault.status(500));

        jwks();
        jwks();
        Wire.get(provider.url(Page.DISCOVERY));

        assertThat(provider.fetches(Page.JWKS).count()).isEqualTo(before + 2);
    }

    @Test
    void unknownPage_ofAProvider_isNotFound() throws Exception {
        assertThat(Wire.get(provider.issuer() + "/nothing").statusCode()).isEqualTo(404);
        assertThat(Wire.get(WORLD.simulator().url() + "/idp/nobody/jwks").statusCode())
                .isEqualTo(404);
        assertThat(Wire.post(provider.url(Page.JWKS), "").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> jwks() throws IOException, InterruptedException {
        return Wire.get(provider.url(Page.JWKS));
    }

    private int status() {
        try {
            return jwks().statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
