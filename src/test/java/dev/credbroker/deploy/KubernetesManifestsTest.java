package dev.credbroker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests, strictly read and each part against the others; {@code KubernetesManifestsIT} starts what they configure. */
class KubernetesManifestsTest {

    private static final String SIDECAR = "sidecar.yaml";
    private static final String CENTRAL = "central.yaml";
    private static final String PROCESS = "credential-process.yaml";

    private static final Pattern ROLE = Pattern.compile("(?m)^    ([a-z-]+):\n      arn:");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Path CLIENT = Path.of("deploy/client/credential-broker");

    @Test
    void everyManifest_isTestedHere() throws Exception {
        try (Stream<Path> files = Files.list(KubernetesManifests.DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrder(SIDECAR, CENTRAL, PROCESS);
        }
    }

    @Test
    void field_thatKubernetesDoesNotKnow_isRefused() {
        ObjectNode pod = (ObjectNode) Yaml.readAll("{spec: {containers: [{image: a, pullPolicy: Always}]}}")
                .getFirst();

        assertThatThrownBy(() -> ModelFields.refuseUnknown("Pod", pod, Pod.class))
                .hasMessage("Pod.spec.containers[].pullPolicy: Kubernetes knows no such field");
    }

    @ParameterizedTest
    @ValueSource(strings = {SIDECAR, CENTRAL, PROCESS})
    void pods_areLockedDown(String file) {
        List<PodSpec> pods = pods(file);

        assertThat(pods).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            containers(pod).forEach(container -> {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {SIDECAR, CENTRAL, PROCESS})
    void volumes_areWhatIsMounted(String file) {
        for (PodSpec pod : pods(file)) {
            Set<String> mounted = containers(pod)
                    .flatMap(container -> container.getVolumeMounts().stream())
                    .map(VolumeMount::getName)
                    .collect(Collectors.toSet());
            assertThat(pod.getVolumes().stream().map(Volume::getName)).containsExactlyInAnyOrderElementsOf(mounted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIDECAR, CENTRAL, PROCESS})
    void names_thatObjectsReferTo_exist(String file) {
        Set<String> accounts = names(file, ServiceAccount.class);
        Set<String> maps = names(file, ConfigMap.class);

        for (PodSpec pod : pods(file)) {
            assertThat(accounts).contains(pod.getServiceAccountName());
            assertThat(pod.getVolumes().stream()
                            .map(volume -> Optional.ofNullable(volume.getConfigMap()))
                            .flatMap(Optional::stream)
                            .map(map -> map.getName())
                            .filter(name -> !name.matches("credential-broker-(client|ca)")))
                    .isSubsetOf(maps);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIDECAR, CENTRAL, PROCESS})
    void application_hasATokenForTheBrokerAlone(String file) {
        PodSpec pod = pods(file).getLast();
        Container application = pod.getContainers().getFirst();

        VolumeMount mount = application.getVolumeMounts().stream()
                .filter(one -> one.getName().equals("token"))
                .findFirst()
                .orElseThrow();
        assertThat(pod.getVolumes().stream()
                        .filter(volume -> volume.getName().equals("token"))
                        .flatMap(volume -> volume.getProjected().getSources().stream())
                        .map(source -> source.getServiceAccountToken().getAudience()))
                .containsExactly("credential-broker");
        assertThat(mount.getMountPath()).isEqualTo("/var/run/secrets/credential-broker");
        assertThat(Yaml.text(KubernetesManifests.DIRECTORY.resolve(file)))
                .contains("/var/run/secrets/credential-broker/token");
    }

    @Test
    void sidecar_isNativeAndAskedOnLoopbackForARoleThatItHas() {
        PodSpec pod = pods(SIDECAR).getFirst();
        URI url = URI.create(environment(pod.getContainers().getFirst(), "AWS_CONTAINER_CREDENTIALS_FULL_URI"));

        assertThat(pod.getInitContainers())
                .extracting(Container::getRestartPolicy)
                .containsExactly("Always");
        assertThat(url.toString()).startsWith("http://127.0.0.1:8080/v1/credentials/");
        assertThat(roles(SIDECAR)).contains(lastSegment(url));
        assertThat(KubernetesManifests.configuration(SIDECAR)).contains("host: 127.0.0.1");
    }

    @Test
    void central_isAskedOverHttpsByTheNameOfItsServiceForARoleThatItHas() {
        List<HasMetadata> objects = KubernetesManifests.objects(CENTRAL);
        Service service = only(objects, Service.class);
        Deployment broker = only(objects, Deployment.class);
        URI url = URI.create(
                environment(pods(CENTRAL).getLast().getContainers().getFirst(), "AWS_CONTAINER_CREDENTIALS_FULL_URI"));

        assertThat(url.getScheme()).isEqualTo("https");
        assertThat(url.getHost())
                .isEqualTo(service.getMetadata().getName() + "."
                        + service.getMetadata().getNamespace() + ".svc");
        assertThat(roles(CENTRAL)).contains(lastSegment(url));
        assertThat(broker.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector())
                .containsAllEntriesOf(broker.getSpec().getSelector().getMatchLabels());
        assertThat(service.getSpec().getPorts())
                .extracting(port -> port.getTargetPort().getStrVal())
                .isSubsetOf(broker.getSpec().getTemplate().getSpec().getContainers().getFirst().getPorts().stream()
                        .map(ContainerPort::getName)
                        .toList());
    }

    @Test
    void central_mountsTheFilesThatItsConfigurationNames() {
        String configuration = KubernetesManifests.configuration(CENTRAL);
        Container broker = pods(CENTRAL).getFirst().getContainers().getFirst();

        assertThat(Pattern.compile("(?<=: )/[^\\s]+").matcher(configuration).results())
                .map(MatchResult::group)
                .hasSize(4)
                .allMatch(file -> broker.getVolumeMounts().stream()
                        .anyMatch(mount -> Path.of(mount.getMountPath())
                                .equals(Path.of(file).getParent())));
    }

    @Test
    void credentialProcess_isOneLineThatTheClientKnowsAllOf() {
        String profile = Yaml.readAll(Yaml.text(KubernetesManifests.DIRECTORY.resolve(PROCESS)))
                .get(1)
                .get("data")
                .get("config")
                .asText();
        List<String> options =
                OPTION.matcher(profile).results().map(MatchResult::group).toList();

        assertThat(profile.lines()
                        .filter(line -> line.startsWith("credential_process = /opt/credential-broker-client/")))
                .hasSize(1)
                .noneMatch(line -> line.matches(".*[$|;&<>`\"'].*"));
        assertThat(options).contains("--url", "--role", "--token-file", "--ca-file");
        assumeTrue(Files.exists(CLIENT), "deploy/client is not here: the profile's options are not checked against it");
        assertThat(Yaml.text(CLIENT)).contains(options);
    }

    private static List<PodSpec> pods(String file) {
        return KubernetesManifests.pods(KubernetesManifests.objects(file)).toList();
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    private static Set<String> names(String file, Class<? extends HasMetadata> kind) {
        return KubernetesManifests.objects(file).stream()
                .filter(kind::isInstance)
                .map(object -> object.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static <T extends HasMetadata> T only(List<HasMetadata> objects, Class<T> kind) {
        return objects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String environment(Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> roles(String file) {
        return ROLE.matcher(KubernetesManifests.configuration(file))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String lastSegment(URI url) {
        return url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
    }
}
