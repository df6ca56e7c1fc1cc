package dev.credbroker.planted.cache;

import dev.credbroker.session.SessionSpec;

public final class BuildsASpec {

    public SessionSpec copy(SessionSpec spec) {
        return new SessionSpec(
                spec.operation(),
                spec.provider(),
                spec.issuer(),
                spec.subject(),
                spec.role(),
                spec.samlProvider(),
                spec.duration(),
                spec.sessionName(),
                spec.sourceIdentity(),
                spec.tags(),
                spec.policies(),
                spec.externalId(),
                spec.region(),
                spec.statement());
    }
}
