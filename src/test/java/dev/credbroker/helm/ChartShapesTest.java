package dev.credbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of the chart in every supported shape. */
@ParameterizedClass
@MethodSource("shapes")
class ChartShapesTest {

    private final String shape;
    private final Rendered rendered;
    private final Deployment deployment;
    private final PodSpec pod;
    private final Container broker;

    ChartShapesTest(String shape) {
        this.shape = shape;
        rendered = Chart.render(shape);
        deployment = rendered.only(Deployment.class);
        pod = deployment.getSpec().getTemplate().getSpec();
        broker = pod.getContainers().getFirst();
    }

    static List<String> shapes() {
        return Chart.shapes();
    }

    @Test
    void lint_findsNothing(@TempDir Path copy) throws IOException {
        LintResult lint = Chart.lint(shape, copy);

        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
        assertThat(lint.getMessages()).noneMatch(message -> message.contains("WARNING") || message.contains("ERROR"));
    }

    @Test
    void objects_areNamedAndLabelledAlike() {
        assertThat(rendered.objects()).allSatisfy(object -> {
            assertThat(object.getMetadata().getName()).startsWith("demo-credential-broker");
            assertThat(object.getMetadata().getLabels()).containsAllEntriesOf(selector());
        });
        assertThat(rendered.objects().stream()
                        .map(object -> object.getKind() + object.getMetadata().getName()))
                .doesNotHaveDuplicates();
    }

    @Test
    void pod_runsWithoutRightsOnItsNode() {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getContainers()).hasSize(1);
        SecurityContext own = broker.getSecurityContext();
        assertThat(own.getAllowPrivilegeEscalation()).isFalse();
        assertThat(own.getReadOnlyRootFilesystem()).isTrue();
        assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(own.getCapabilities().getAdd()).isEmpty();
        assertThat(own.getPrivileged()).isNull();
    }

    /** A Service called broker would else put BROKER_PORT into the environment, a property that does not exist. */
    @Test
    void pod_hasNoVariablesOfServices() {
        assertThat(pod.getEnableServiceLinks()).isFalse();
    }

    @Test
    void mounts_areOfVolumesThatExistAndOnlyTmpIsWritable() {
        Set<String> volumes = pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());

        assertThat(broker.getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(broker.getVolumeMounts().stream().filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly())))
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/tmp");
    }

    @Test
    void configuration_namesFilesThatAreMounted() {
        List<String> mounted =
                broker.getVolumeMounts().stream().map(VolumeMount::getMountPath).toList();

        assertThat(configuredFiles())
                .allSatisfy(file -> assertThat(mounted).contains(file.substring(0, file.lastIndexOf('/'))));
        assertThat(variable("SMALLRYE_CONFIG_LOCATIONS")).isEqualTo("/etc/credential-broker/config/application.yaml");
    }

    private List<String> configuredFiles() {
        return rendered.configuration()
                .lines()
                .map(line -> line.replaceAll("^[- ]*([a-z-]+: )?", ""))
                .filter(value -> value.startsWith("/etc/"))
                .toList();
    }

    /** The models of Secrets are not even known to these tests: the chart renders none. */
    @Test
    void secrets_standInNoConfigMapAndNoVariable() {
        assertThat(rendered.all(ConfigMap.class).stream().flatMap(map -> map.getData().values().stream()))
                .noneMatch(text -> text.matches("(?is).*(PRIVATE KEY|secret-access-key|\\bpassword:).*"));
        assertThat(broker.getEnv().stream()
                        .filter(variable -> variable.getName().startsWith("AWS_SECRET")))
                .allSatisfy(variable -> {
                    assertThat(variable.getValue()).isNull();
                    assertThat(variable.getValueFrom().getSecretKeyRef().getOptional())
                            .isNull();
                });
    }

    @Test
    void selectors_findThePodsAndNothingOfAnotherRelease() {
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels()).containsAllEntriesOf(selector());
        assertThat(selector()).containsEntry("app.kubernetes.io/instance", "demo");
        assertThat(rendered.all(Service.class))
                .allSatisfy(
                        service -> assertThat(service.getSpec().getSelector()).isEqualTo(selector()));
        assertThat(rendered.all(PodDisruptionBudget.class))
                .allSatisfy(budget -> assertThat(budget.getSpec().getSelector().getMatchLabels())
                        .isEqualTo(selector()));
        assertThat(rendered.all(NetworkPolicy.class))
                .allSatisfy(
                        policy -> assertThat(policy.getSpec().getPodSelector().getMatchLabels())
                                .isEqualTo(selector()));
        assertThat(pod.getTopologySpreadConstraints())
                .isNotEmpty()
                .allSatisfy(spread ->
                        assertThat(spread.getLabelSelector().getMatchLabels()).isEqualTo(selector()));
    }

    /** The monitor's labels are those of one Service, or each replica would be scraped twice. */
    @Test
    void serviceMonitor_findsTheManagementServiceOnly() {
        assertThat(rendered.all(ServiceMonitor.class)).allSatisfy(monitor -> {
            Map<String, String> wanted = monitor.getSpec().getSelector().getMatchLabels();
            List<Service> found = rendered.all(Service.class).stream()
                    .filter(service ->
                            service.getMetadata().getLabels().entrySet().containsAll(wanted.entrySet()))
                    .toList();

            assertThat(found).hasSize(1);
            assertThat(found.getFirst()
                            .getMetadata()
                            .getLabels()
                            .get(monitor.getSpec().getJobLabel()))
                    .isEqualTo("credential-broker");
            assertThat(found.getFirst().getSpec().getPorts())
                    .extracting(ServicePort::getName)
                    .contains(monitor.getSpec().getEndpoints().getFirst().getPort());
        });
    }

    @Test
    void ports_areThoseOfTheContainer() {
        Map<String, Integer> ports = ports();

        assertThat(ports).containsEntry("management", 9000);
        assertThat(usedPorts())
                .isNotEmpty()
                .allSatisfy(port -> assertThat(ports).containsKey(port));
    }

    private Stream<String> usedPorts() {
        Stream<IntOrString> services = rendered.all(Service.class).stream()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .map(ServicePort::getTargetPort);
        Stream<IntOrString> policies = rendered.all(NetworkPolicy.class).stream()
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .flatMap(rule -> rule.getPorts().stream())
                .map(NetworkPolicyPort::getPort);
        return Stream.concat(services, policies).map(IntOrString::getStrVal);
    }

    private Map<String, Integer> ports() {
        return broker.getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
    }

    @Test
    void probes_askTheManagementPort() {
        assertThat(broker.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
        assertThat(Stream.of(broker.getStartupProbe(), broker.getLivenessProbe()))
                .extracting(probe -> probe.getHttpGet().getPath())
                .containsOnly("/q/health/live");
        assertThat(Stream.of(broker.getStartupProbe(), broker.getLivenessProbe(), broker.getReadinessProbe()))
                .extracting(Probe::getHttpGet)
                .allSatisfy(get -> {
                    assertThat(get.getPort().getStrVal()).isEqualTo("management");
                    assertThat(get.getScheme()).isNull();
                });
    }

    /** quarkus.shutdown: 5 s in which it answers on, 10 s for what is under way. */
    @Test
    void grace_isLongerThanDraining() {
        long before = broker.getLifecycle() == null
                ? 0
                : broker.getLifecycle().getPreStop().getSleep().getSeconds();

        assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(before + 15);
    }

    @Test
    void jvm_endsWithoutMemoryAndKnowsItsShare() {
        assertThat(variable("JDK_JAVA_OPTIONS"))
                .contains("-XX:+ExitOnOutOfMemoryError")
                .containsPattern("-XX:MaxRAMPercentage=[0-9]{2}\\b");
        assertThat(broker.getResources().getLimits()).containsKey("memory");
        assertThat(broker.getResources().getRequests()).containsKeys("cpu", "memory");
    }

    private String variable(String name) {
        return broker.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> selector() {
        return deployment.getSpec().getSelector().getMatchLabels();
    }
}
