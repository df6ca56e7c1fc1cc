package dev.credbroker.roles;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An entry under {@code admit} in the making. */
public final class AdmitDraft implements RolesConfig.Admit {

    private final Optional<String> provider;
    private final boolean everyone;
    private final Map<String, RolesConfig.Match> match = new LinkedHashMap<>();

    AdmitDraft(Optional<String> provider, boolean everyone) {
        this.provider = provider;
        this.everyone = everyone;
    }

    public static AdmitDraft everyoneOf(String provider) {
        return new AdmitDraft(Optional.of(provider), true);
    }

    /** Nobody yet: only with a test of some attribute does it admit anyone. */
    public static AdmitDraft someOf(String provider) {
        return new AdmitDraft(Optional.of(provider), false);
    }

    public AdmitDraft whose(String attribute, RolesConfig.Match test) {
        match.put(attribute, test);
        return this;
    }

    public static RolesConfig.Match is(String value) {
        return new MatchDraft(Optional.of(value), Optional.empty(), Optional.empty());
    }

    public static RolesConfig.Match isAnyOf(String... values) {
        return new MatchDraft(Optional.empty(), Optional.of(List.of(values)), Optional.empty());
    }

    public static RolesConfig.Match beginsWith(String prefix) {
        return new MatchDraft(Optional.empty(), Optional.empty(), Optional.of(prefix));
    }

    record MatchDraft(Optional<String> equals, Optional<List<String>> anyOf, Optional<String> prefix)
            implements RolesConfig.Match {}

    @Override
    public Optional<String> provider() {
        return provider;
    }

    @Override
    public Map<String, RolesConfig.Match> match() {
        return match;
    }

    @Override
    public boolean everyone() {
        return everyone;
    }
}
