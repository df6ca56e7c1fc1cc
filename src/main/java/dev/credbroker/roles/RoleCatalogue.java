package dev.credbroker.roles;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.configuration.Entries;
import dev.credbroker.configuration.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The roles that can be had: by name, or by ARN where {@code *} leaves it open. No ARN is matched by two of them. */
public final class RoleCatalogue {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Map<String, Role> byName;

    /** Those whose ARN leaves nothing open. */
    private final Map<String, AskedRole> exact = new HashMap<>();

    private RoleCatalogue(Map<String, Role> byName) {
        this.byName = byName;
        byName.forEach((name, role) -> role.arn().exact().ifPresent(arn -> exact.put(name, new AskedRole(role, arn))));
    }

    /**
     * Reads the catalogue, and says every mistake of it to {@code findings}; with findings, the result is incomplete and
     * must not be used.
     *
     * @param providers the names under {@code broker.issuers} and {@code broker.saml}
     * @param region where STS is called for roles that name no region of their own
     */
    public static RoleCatalogue from(
            RolesConfig config, Map<String, ProviderTraits> providers, Optional<AwsRegion> region, Findings findings) {
        Map<String, Role> roles = new TreeMap<>();
        Entries.named("broker.roles", config.roles(), findings)
                .forEach((name, entry) -> new RoleReader(name, entry, providers, region, findings)
                        .read()
                        .ifPresent(role -> roles.put(name, role)));
        if (config.roles().isEmpty()) {
            findings.add("broker.roles", "names no role, so nothing could ever be had");
        }
        findOverlaps(new ArrayList<>(roles.values()), findings);
        return new RoleCatalogue(roles);
    }

    private static void findOverlaps(List<Role> roles, Findings findings) {
        for (int i = 0; i < roles.size(); i++) {
            for (Role other : roles.subList(0, i)) {
                if (roles.get(i).arn().overlaps(other.arn())) {
                    findings.add(
                            RoleReader.property(roles.get(i).name()) + ".arn",
                            "can mean the same role as " + RoleReader.property(other.name()) + ".arn");
                }
            }
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether {@code asked} could name a role at all: a catalogue name, or a role's ARN. */
    public static boolean wellFormed(String asked) {
        return isName(asked) || arn(asked).isPresent();
    }

    /** The role that is asked for by name, if its ARN leaves nothing open, or by ARN. */
    public Optional<AskedRole> find(String asked) {
        return arn(asked).map(this::byArn).orElseGet(() -> Optional.ofNullable(exact.get(asked)));
    }

    /** All roles, in the order of their names: the configuration comes without an order of its own. */
    public List<Role> all() {
        return List.copyOf(byName.values());
    }

    private Optional<AskedRole> byArn(RoleArn arn) {
        return byName.values().stream()
                .filter(role -> role.arn().matches(arn))
                .findFirst()
                .map(role -> new AskedRole(role, arn));
    }

    private static Optional<RoleArn> arn(String text) {
        try {
            return text.startsWith("arn:") ? Optional.of(RoleArn.parse(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
