package dev.credbroker.bench;

import dev.credbroker.simulator.idp.JwtAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Proofs that were never seen before, for a session that is held. */
final class Proofs {

    private static final int WARM_UP = 20_000;
    private static final int EACH = 2000;

    private final Measured measured;
    private final Settings settings;

    Proofs(Measured measured, Settings settings) {
        this.measured = measured;
        this.settings = settings;
    }

    void measure(Report report) {
        report.table(
                "Proofs seen for the first time, sessions held: medians of %d runs in turn (least to most)"
                        .formatted(settings.runs()),
                "proof",
                "broker, requests/s",
                "CPU, µs a request",
                "p50 ms",
                "p99 ms",
                "SmallRye JWT's parse and the bare endpoint, requests/s",
                "CPU, µs a request",
                "ratio of requests/s",
                "wanted");
        tokens(report, JwtAlgorithm.RS256);
        tokens(report, JwtAlgorithm.ES256);
        saml(report);
    }

    private void tokens(Report report, JwtAlgorithm algorithm) {
        warmUp(Measured.HIT, algorithm);
        warmUp("/bare/parsed", algorithm);
        List<Load> ours = new ArrayList<>();
        List<Load> theirs = new ArrayList<>();
        for (int run = 0; run < settings.runs(); run++) {
            List<String> tokens = measured.tokens("alice", algorithm, EACH);
            ours.add(each(Measured.HIT, tokens));
            theirs.add(each("/bare/parsed", tokens));
        }
        Series broker = new Series(ours);
        Series smallRye = new Series(theirs);
        report.row(
                algorithm,
                broker.told(Load::perSecond),
                broker.told(Load::serverMicros),
                broker.told(load -> load.millisAt(50)),
                broker.told(load -> load.millisAt(99)),
                smallRye.told(Load::perSecond),
                smallRye.told(Load::serverMicros),
                Report.number(broker.median(Load::perSecond) / smallRye.median(Load::perSecond)),
                "at least 0.6");
    }

    private void warmUp(String target, JwtAlgorithm algorithm) {
        var _ = each(target, measured.tokens("alice", algorithm, WARM_UP));
    }

    private Load each(String target, List<String> tokens) {
        List<byte[]> requests =
                tokens.stream().map(token -> Requests.get(target, token)).toList();
        return measured.cost(generator -> generator.each(requests));
    }

    private void saml(Report report) {
        byte[] request = Requests.post(
                "/v1/credentials",
                Map.of("SAMLResponse", measured.world().response("alice").encode(), "role", "adfs-production"));
        var _ = measured.cost(
                generator -> generator.repeat(request, settings.run().multipliedBy(2)));
        List<Load> loads = new ArrayList<>();
        for (int run = 0; run < settings.runs(); run++) {
            loads.add(measured.cost(generator -> generator.repeat(request, settings.run())));
        }
        Series series = new Series(loads);
        report.row(
                "SAML response",
                series.told(Load::perSecond),
                series.told(Load::serverMicros),
                series.told(load -> load.millisAt(50)),
                series.told(load -> load.millisAt(99)),
                "",
                "",
                "",
                "");
    }
}
