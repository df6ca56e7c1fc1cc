package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of an action in the query protocol, where lists are {@code Name.member.1}, {@code Name.member.2}, … */
record Parameters(Map<String, String> values) {

    static Parameters of(Form form) {
        Map<String, String> values = new LinkedHashMap<>();
        form.values().forEach((name, texts) -> values.put(name, texts.getFirst()));
        return new Parameters(values);
    }

    String action() {
        return text("Action").orElse("");
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Optional<String> text(Constraint constraint) {
        return text(constraint.parameter()).map(constraint::check);
    }

    String required(Constraint constraint) {
        return text(constraint).orElseThrow(constraint::missing);
    }

    List<String> members(String list) {
        return members(list, "");
    }

    /** @param field of each member, for lists of structures */
    List<String> members(String list, String field) {
        List<String> members = new ArrayList<>();
        for (int i = 1; ; i++) {
            Optional<String> member = text(list + ".member." + i + (field.isEmpty() ? "" : "." + field));
            if (member.isEmpty()) {
                return members;
            }
            members.add(member.get());
        }
    }
}
