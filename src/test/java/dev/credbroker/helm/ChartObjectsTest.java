package dev.credbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single values make of the chart's objects, and what is said of them. */
class ChartObjectsTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/Broker";

    private static Rendered with(String values) {
        return Chart.render("minimal", values);
    }

    private static DeploymentSpec deployment(Rendered rendered) {
        return rendered.only(Deployment.class).getSpec();
    }

    @Test
    void replicas_areTheDeployments() {
        assertThat(deployment(with("{ replicas: 3 }")).getReplicas()).isEqualTo(3);
    }

    /** A number beside the autoscaler's would undo its work at each upgrade. */
    @Test
    void autoscaling_saysTheNumberOfReplicasInPlaceOfTheDeployment() {
        Rendered rendered =
                with("{ replicas: 3, autoscaling: { enabled: true, minReplicas: 4, maxReplicas: 9, cpuPercent: 55 } }");
        HorizontalPodAutoscalerSpec scaler =
                rendered.only(HorizontalPodAutoscaler.class).getSpec();

        assertThat(deployment(rendered).getReplicas()).isNull();
        assertThat(scaler.getScaleTargetRef().getName())
                .isEqualTo(rendered.only(Deployment.class).getMetadata().getName());
        assertThat(scaler.getMinReplicas()).isEqualTo(4);
        assertThat(scaler.getMaxReplicas()).isEqualTo(9);
        assertThat(scaler.getMetrics().getFirst().getResource().getTarget().getAverageUtilization())
                .isEqualTo(55);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { replicas: 1 }                                                         | 0
            { replicas: 2 }                                                         | 1
            { replicas: 2, podDisruptionBudget: { enabled: false } }                | 0
            { replicas: 1, autoscaling: { enabled: true, minReplicas: 1 } }         | 0
            { replicas: 1, autoscaling: { enabled: true, minReplicas: 2 } }         | 1
            """)
    void disruptionBudget_isMadeOnlyWhereAPodCanBeSpared(String values, int budgets) {
        assertThat(with(values).all(PodDisruptionBudget.class)).hasSize(budgets);
    }

    @Test
    void disruptionBudget_saysHowManyMayBeAway() {
        assertThat(with("{ replicas: 5, podDisruptionBudget: { maxUnavailable: 2 } }")
                        .only(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(2);
    }

    @Test
    void networkPolicy_withoutClientsAndMonitoring_letsEverybodyAskAndNobodyLook() {
        List<NetworkPolicyIngressRule> rules = ingress("{ networkPolicy: { enabled: true } }");

        assertThat(rules).hasSize(1);
        assertThat(ports(rules.getFirst().getPorts())).containsExactly("http");
        assertThat(rules.getFirst().getFrom()).isEmpty();
    }

    @Test
    void networkPolicy_withClientsAndMonitoring_letsThoseInAndNoOther() {
        List<NetworkPolicyIngressRule> rules = ingress("""
                networkPolicy:
                  enabled: true
                  clients: [{ namespaceSelector: { matchLabels: { team: batch } } }]
                  monitoring: [{ namespaceSelector: { matchLabels: { team: watch } } }]
                """);

        assertThat(rules).hasSize(2);
        assertThat(ports(rules.getFirst().getPorts())).containsExactly("http");
        assertThat(rules.getFirst().getFrom().getFirst().getNamespaceSelector().getMatchLabels())
                .isEqualTo(Map.of("team", "batch"));
        assertThat(ports(rules.getLast().getPorts())).containsExactly("management");
        assertThat(rules.getLast().getFrom().getFirst().getNamespaceSelector().getMatchLabels())
                .isEqualTo(Map.of("team", "watch"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { tls: { enabled: true, existingSecret: a } }                           | https
            { tls: { enabled: true, existingSecret: a, plainHttp: true } }          | https,http
            """)
    void networkPolicy_withTls_hasThePortsThatAnswer(String values, String ports) {
        String policy = values.replaceFirst("^\\{", "{ networkPolicy: { enabled: true },");

        assertThat(ports(ingress(policy).getFirst().getPorts())).containsExactly(ports.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { redis: { enabled: true, address: "rediss://redis:7000/1", existingSecret: a, keys: [{ id: k, key: k }] } } | 7000
            { redis: { enabled: true, address: "rediss://redis", existingSecret: a, keys: [{ id: k, key: k }] } }        | 6379
            { aws: { identity: pod-identity } }                                                                          | 80
            """)
    void networkPolicy_letsThroughWhatIsSwitchedOn(String values, int port) {
        String policy = values.replaceFirst("^\\{", "{ networkPolicy: { enabled: true },");

        assertThat(egress(policy)).contains(port);
        assertThat(egress("{ networkPolicy: { enabled: true } }")).containsExactlyInAnyOrder(53, 53, 443, 6443);
    }

    private static List<NetworkPolicyIngressRule> ingress(String values) {
        return with(values).only(NetworkPolicy.class).getSpec().getIngress();
    }

    private static Stream<Integer> egress(String values) {
        return with(values).only(NetworkPolicy.class).getSpec().getEgress().stream()
                .map(NetworkPolicyEgressRule::getPorts)
                .flatMap(List::stream)
                .map(port -> port.getPort().getIntVal());
    }

    private static List<String> ports(List<NetworkPolicyPort> ports) {
        return ports.stream().map(port -> port.getPort().getStrVal()).toList();
    }

    @Test
    void serviceAccount_forIrsa_namesTheRoleAndKeepsItsOwnAnnotations() {
        ServiceAccount account = with("""
                aws: { identity: irsa, roleArn: %s }
                serviceAccount: { annotations: { owner: platform } }
                """.formatted(ROLE)).only(ServiceAccount.class);

        assertThat(account.getMetadata().getAnnotations())
                .containsEntry("eks.amazonaws.com/role-arn", ROLE)
                .containsEntry("owner", "platform");
    }

    @ParameterizedTest
    @CsvSource({"none", "pod-identity"})
    void serviceAccount_otherwise_namesNoRole(String identity) {
        ServiceAccount account =
                with("{ aws: { identity: %s } }".formatted(identity)).only(ServiceAccount.class);

        assertThat(account.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(account.getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void serviceAccount_thatExists_isUsedAndNotMade() {
        Rendered rendered = with("{ serviceAccount: { create: false, name: theirs } }");

        assertThat(rendered.all(ServiceAccount.class)).isEmpty();
        assertThat(deployment(rendered).getTemplate().getSpec().getServiceAccountName())
                .isEqualTo("theirs");
    }

    @Test
    void topologySpread_switchedOff_isNotThere() {
        assertThat(deployment(with("{ topologySpread: { enabled: false } }"))
                        .getTemplate()
                        .getSpec()
                        .getTopologySpreadConstraints())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                      | tls.enabled is false
            { tls: { enabled: true, existingSecret: a, plainHttp: true } }          | tls.plainHttp is true
            {}                                                                      | networkPolicy.enabled is false
            { aws: { identity: secret, existingSecret: a } }                        | aws.identity is secret
            { replicas: 1 }                                                         | there is one replica
            { image: { tag: latest } }                                              | image.tag is latest
            """)
    void notes_warnOfWhatIsNotSafe(String values, String warning) {
        assertThat(Chart.notes("minimal", values)).contains("WARNING: " + warning);
    }

    @Test
    void notes_ofASafeInstallation_warnOfNothingAndSayWhereItAnswers() {
        assertThat(Chart.notes(
                        "minimal",
                        "{ tls: { enabled: true, existingSecret: a }, networkPolicy: { enabled: true }, replicas: 2 }"))
                .doesNotContain("WARNING")
                .contains("https://demo-credential-broker.brokers.svc:443");
    }
}
