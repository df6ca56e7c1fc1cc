package dev.credbroker.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The manifests that are shipped, as Kubernetes understands them. */
public final class KubernetesManifests {

    static final Path DIRECTORY = Path.of("deploy/kubernetes");
    public static final String CONFIGURATION = "application.yaml";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/Pod", Pod.class,
            "v1/Service", Service.class,
            "apps/v1/Deployment", Deployment.class);

    private KubernetesManifests() {}

    static List<HasMetadata> objects(String file) {
        return Yaml.readAll(Yaml.text(DIRECTORY.resolve(file))).stream()
                .map(document -> object(file, document))
                .toList();
    }

    private static HasMetadata object(String file, JsonNode document) {
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        Class<? extends HasMetadata> model = KINDS.get(kind);
        if (model == null) {
            throw new AssertionError(file + ": unknown kind " + kind);
        }
        try {
            ModelFields.refuseUnknown(kind, document, model);
            return MAPPER.treeToValue(document, model);
        } catch (JsonProcessingException e) {
            throw new AssertionError(file + ": " + e.getOriginalMessage(), e);
        }
    }

    static Stream<PodSpec> pods(List<HasMetadata> objects) {
        return objects.stream().map(KubernetesManifests::pod).flatMap(Optional::stream);
    }

    private static Optional<PodSpec> pod(HasMetadata object) {
        return switch (object) {
            case Pod pod -> Optional.of(pod.getSpec());
            case Deployment deployment ->
                Optional.of(deployment.getSpec().getTemplate().getSpec());
            default -> Optional.empty();
        };
    }

    /** The broker's configuration in the only ConfigMap of {@code file} that has one. */
    public static String configuration(String file) {
        return objects(file).stream()
                .filter(ConfigMap.class::isInstance)
                .map(map -> ((ConfigMap) map).getData().get(CONFIGURATION))
                .filter(text -> text != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " has no configuration"));
    }
}
