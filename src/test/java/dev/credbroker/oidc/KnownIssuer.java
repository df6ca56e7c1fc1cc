package dev.credbroker.oidc;

import dev.credbroker.configuration.Findings;
import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A gate without any network that trusts one issuer whose text and key never change, so that tokens which it takes, at
 * {@link #SIGNED}, can be kept in files.
 */
final class KnownIssuer {

    static final String ISSUER = "https://idp.example.com";

    /** When the tokens among the seeds were signed. */
    static final Instant SIGNED = Instant.parse("2026-01-31T12:00:00Z");

    private KnownIssuer() {}

    static TestToken token() {
        return TestToken.of(ISSUER, TestKey.KNOWN)
                .with("iat", SIGNED.getEpochSecond())
                .with("exp", SIGNED.plusSeconds(600).getEpochSecond());
    }

    static CheckedJwt genuine(TestToken token) {
        if (checker(0).check(token.secret()) instanceof JwtCheck.Genuine(CheckedJwt jwt)) {
            return jwt;
        }
        throw new AssertionError("the token is not genuine");
    }

    /** A checker that has the keys in memory, and remembers of about so many tokens that their signature was good. */
    static JwtChecker checker(int rememberedTokens) {
        TestClock clock = new TestClock();
        clock.turnTo(SIGNED);
        TestScheduler scheduler = new TestScheduler(clock);
        KeyUpkeep upkeep = new KeyUpkeep(clock, () -> 0, scheduler);
        OidcIssuer configured = configured(upkeep);
        ScriptedKeys source = new ScriptedKeys();
        source.hold(TestKey.KNOWN);
        IssuerKeys keys = new IssuerKeys(configured.name(), source, upkeep, Duration.ZERO);
        keys.start();
        scheduler.run();
        OidcIssuer known =
                new OidcIssuer(configured.name(), configured.text(), configured.headers(), configured.claims(), keys);
        return new JwtChecker(new OidcIssuers(List.of(known)), clock, rememberedTokens);
    }

    private static OidcIssuer configured(KeyUpkeep upkeep) {
        OidcConfig config = TestConfig.of(Map.of(
                "broker.issuers.corp.issuer", ISSUER,
                "broker.issuers.corp.audiences", "credential-broker",
                "broker.issuers.corp.aws-audiences", "sts.amazonaws.com",
                "broker.issuers.corp.attributes.team", "org.\"the.team\""));
        OidcIssuer issuer = new IssuerReader(
                        "corp", Objects.requireNonNull(config.issuers().get("corp")), new Findings())
                .read(upkeep, Duration.ZERO)
                .orElseThrow();
        issuer.keys().close();
        return issuer;
    }
}
