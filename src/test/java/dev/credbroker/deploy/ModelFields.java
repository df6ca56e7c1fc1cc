package dev.credbroker.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fabric8's models take fields that Kubernetes does not know, and keep them: this refuses those. */
final class ModelFields {

    private static final String MODELS = "io.fabric8.";
    private static final List<String> SCALARS = List.of("Quantity", "IntOrString", "MicroTime");

    private ModelFields() {}

    static void refuseUnknown(String path, JsonNode written, Type type) {
        if (type instanceof ParameterizedType generic) {
            refuseUnknownInside(path, written, generic);
        } else if (type instanceof Class<?> model
                && model.getName().startsWith(MODELS)
                && !SCALARS.contains(model.getSimpleName())) {
            written.properties()
                    .forEach(field -> refuseUnknown(
                            path + "." + field.getKey(), field.getValue(), fieldType(path, field.getKey(), model)));
        }
    }

    private static void refuseUnknownInside(String path, JsonNode written, ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            written.forEach(element -> refuseUnknown(path + "[]", element, arguments[0]));
        } else if (generic.getRawType() == Map.class) {
            written.properties().forEach(entry -> refuseUnknown(path, entry.getValue(), arguments[1]));
        }
    }

    private static Type fieldType(String path, String name, Class<?> model) {
        return field(name, model)
                .map(Field::getGenericType)
                .orElseThrow(() -> new AssertionError(path + "." + name + ": Kubernetes knows no such field"));
    }

    private static Optional<Field> field(String name, Class<?> model) {
        return Arrays.stream(model.getDeclaredFields())
                .filter(field -> Optional.ofNullable(field.getAnnotation(JsonProperty.class))
                        .filter(property -> property.value().equals(name))
                        .isPresent())
                .findFirst();
    }
}
