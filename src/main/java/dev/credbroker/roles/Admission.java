package dev.credbroker.roles;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who of one provider may take a role: those for whom every condition holds.
 *
 * @param provider a name under {@code broker.issuers} or {@code broker.saml}
 * @param conditions empty only where the operator wrote {@code everyone: true}
 */
public record Admission(String provider, List<Condition> conditions) {

    public Admission {
        conditions = List.copyOf(conditions);
    }

    public boolean admits(String provider, Map<String, Set<String>> attributes) {
        return this.provider.equals(provider) && conditions.stream().allMatch(condition -> condition.holds(attributes));
    }
}
