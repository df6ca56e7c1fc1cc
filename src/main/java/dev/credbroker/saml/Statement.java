package dev.credbroker.saml;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an assertion says, in Java's words and not yet judged.
 *
 * @param audiences one set for each {@code AudienceRestriction}; all of them must be met (Core 2.5.1.4)
 */
record Statement(
        String id,
        Instant issueInstant,
        String issuer,
        NameId nameId,
        Confirmation confirmation,
        Optional<Instant> notBefore,
        Optional<Instant> conditionsNotOnOrAfter,
        List<Set<String>> audiences,
        List<Authentication> authentications,
        Attributes attributes) {

    /** {@code SubjectConfirmationData} (Core 2.4.1.2). */
    record Confirmation(String recipient, Instant notOnOrAfter, Optional<String> inResponseTo) {}

    /** {@code AuthnStatement} (Core 2.7.2). */
    record Authentication(Instant instant, Optional<Instant> sessionNotOnOrAfter, Optional<String> context) {}

    Instant notOnOrAfter() {
        return conditionsNotOnOrAfter
                .filter(end -> end.isBefore(confirmation.notOnOrAfter()))
                .orElse(confirmation.notOnOrAfter());
    }

    Optional<Instant> sessionNotOnOrAfter() {
        return authentications.stream()
                .map(Authentication::sessionNotOnOrAfter)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    Stream<Instant> authenticationInstants() {
        return authentications.stream().map(Authentication::instant);
    }

    Stream<Optional<String>> authenticationContexts() {
        return authentications.stream().map(Authentication::context);
    }
}
