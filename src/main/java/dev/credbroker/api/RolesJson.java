package dev.credbroker.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credbroker.broker.PermittedRole;
import java.util.List;
import java.util.Map;

/** What an identity may take. */
final class RolesJson {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private RolesJson() {}

    static Answer answer(List<PermittedRole> roles) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray("roles");
        roles.forEach(role -> list.addObject()
                .put("name", role.role().name())
                .put("arn", role.role().arn().toString())
                .put("operation", role.role().operation().toString())
                .put("defaultDurationSeconds", role.usual().seconds())
                .put("maxDurationSeconds", role.longest().seconds()));
        try {
            return new Answer(200, Map.of("Content-Type", CredentialsJson.MEDIA_TYPE), JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }
}
