package dev.credbroker.broker;

import dev.credbroker.outcome.Refusal;
import java.util.List;

/** What came of asking for the roles that an identity may take. */
public sealed interface RolesAnswer {

    record Permitted(List<PermittedRole> roles) implements RolesAnswer {
        public Permitted {
            roles = List.copyOf(roles);
        }
    }

    record Refused(Refusal refusal) implements RolesAnswer {}
}
