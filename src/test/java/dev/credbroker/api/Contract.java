package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/** {@code openapi.yaml} as the judge of what the running broker answers. */
final class Contract {

    private static final Path FILE = Path.of("openapi.yaml");
    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createFor(FILE.toUri().toString()).build();

    private Contract() {}

    /** Checks an answer of an operation: that its status is promised, and that headers and body are as they should be. */
    static void check(String method, String template, Response answer) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.statusCode())
                .withContentType(answer.contentType())
                .withBody(answer.asByteArray());
        answer.headers().forEach(header -> response.withHeader(header.getName(), header.getValue()));
        check(method, template, response);
    }

    static void check(String method, String template, RawHttp.Answer answer) {
        check(
                method,
                template,
                SimpleResponse.Builder.status(answer.status())
                        .withContentType(answer.contentType())
                        .withBody(answer.body()));
    }

    private static void check(String method, String template, SimpleResponse.Builder response) {
        ValidationReport report =
                VALIDATOR.validateResponse(template, Request.Method.valueOf(method), response.build());
        assertThat(report.getMessages()).isEmpty();
    }

    /** {@code METHOD PATH STATUS} of everything that the contract promises. */
    static Set<String> promised() {
        Set<String> promised = new TreeSet<>();
        document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operation
                                .getValue()
                                .get("responses")
                                .fieldNames()
                                .forEachRemaining(status ->
                                        promised.add(operation.getKey().toUpperCase(Locale.ROOT)
                                                + ' '
                                                + path.getKey()
                                                + ' '
                                                + status))));
        return promised;
    }

    /** {@code METHOD PATH} of every operation. */
    static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        promised().forEach(line -> operations.add(line.substring(0, line.lastIndexOf(' '))));
        return operations;
    }

    private static JsonNode document() {
        try {
            // Jackson's own reader of YAML does not resolve anchors.
            Map<String, Object> plain = new Yaml().load(Files.readString(FILE));
            return new ObjectMapper().valueToTree(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
