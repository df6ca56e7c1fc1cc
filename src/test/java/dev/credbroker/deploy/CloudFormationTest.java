package dev.credbroker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates resolve, use what CloudFormation knows, and give trust to nobody else; their values are the broker's own. */
class CloudFormationTest {

    private static final String CLUSTER = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF";
    private static final Map<String, String> MAY =
            Map.of("ManagedPolicyArns", "arn:aws:iam::aws:policy/ReadOnlyAccess");
    private static final Map<String, String> OIDC = with(MAY, "Subject", "service-account-build-agents");
    private static final String BROKER = "arn:aws:iam::123456789012:role/Credential-Broker";

    static Stream<Arguments> templates() {
        return Stream.of(
                Arguments.of("saml.yaml", MAY),
                Arguments.of("saml.yaml", with(MAY, "ProviderArn", "arn:aws:iam::123456789012:saml-provider/Own")),
                Arguments.of("oidc.yaml", OIDC),
                Arguments.of("oidc.yaml", with(OIDC, "AuthorizedParty", "build-agents")),
                Arguments.of("assume-role.yaml", with(MAY, "BrokerArn", BROKER)),
                Arguments.of("assume-role.yaml", with(with(MAY, "BrokerArn", BROKER), "ExternalId", "word")),
                Arguments.of("broker-role.yaml", Map.of("TargetRoleArns", "a,b", "ClusterIssuer", CLUSTER)),
                Arguments.of("broker-role.yaml", Map.of("TargetRoleArns", "a", "Place", "pod-identity")),
                Arguments.of("broker-role.yaml", Map.of("TargetRoleArns", "a", "Place", "ec2")),
                Arguments.of("broker-role.yaml", Map.of("TargetRoleArns", "a", "Place", "ecs")));
    }

    @Test
    void everyTemplate_isTestedHere() throws Exception {
        Set<Object> tested = Stream.concat(
                        templates().map(arguments -> arguments.get()[0]), Stream.of("application.yaml"))
                .collect(Collectors.toSet());

        try (Stream<Path> files = Files.list(CloudFormation.DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .allMatch(tested::contains);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("templates")
    void template_resolvesToWhatCloudFormationKnows(String file, Map<String, String> parameters) {
        CloudFormation template = CloudFormation.of(file, parameters);

        assertThat(template.mistakes()).isEmpty();
        assertThat(template.resources()).containsKey("Role");
        assertThat(template.resources().toString()).doesNotContain("Fn::").doesNotContain("${");
    }

    @Test
    void templates_haveNoErrorThatAmazonsOwnLinterKnows() {
        Tool linter = Tool.installed("cfn-lint", "none; pip has it");

        linter.run(
                        CloudFormation.DIRECTORY,
                        "--non-zero-exit-code",
                        "error",
                        "saml.yaml",
                        "oidc.yaml",
                        "broker-role.yaml",
                        "assume-role.yaml")
                .isGood();
    }

    /** With a subject of {@code *} everybody to whom the issuer gives a token has the role: that must be somebody's decision. */
    @Test
    void oidc_hasNoSubjectOfItsOwn() throws Exception {
        assertThat(Files.readString(CloudFormation.DIRECTORY.resolve("oidc.yaml")))
                .containsPattern("  Subject:\\n    Type: String\\n    MinLength: 1\\n    Description");
    }

    /** Whoever may not be named here could take the role without the broker. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("templates")
    void trust_isOfOnePrincipalForStsAlone(String file, Map<String, String> parameters) {
        JsonNode trust = CloudFormation.of(file, parameters).trust();

        assertThat(trust.get("Version").asText()).isEqualTo("2012-10-17");
        assertThat(trust.get("Statement")).isNotEmpty().allSatisfy(statement -> {
            assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
            assertThat(statement.get("Principal")).hasSize(1);
            assertThat(statement.get("Principal").toString())
                    .doesNotContain("*")
                    .doesNotContain(":root");
            assertThat(actions(statement)).isNotEmpty().allMatch(action -> action.startsWith("sts:"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "aws-us-gov", "aws-cn"})
    void saml_ofEachPartition_asksForItsOwnRecipient(String partition) {
        JsonNode statement = only(CloudFormation.of("saml.yaml", with(MAY, "AWS::Partition", partition))
                .trust());

        assertThat(statement
                        .get("Condition")
                        .get("StringEquals")
                        .get("SAML:aud")
                        .asText())
                .isEqualTo(Map.of(
                                "aws", "https://signin.aws.amazon.com/saml",
                                "aws-us-gov", "https://signin.amazonaws-us-gov.com/saml",
                                "aws-cn", "https://signin.amazonaws.cn/saml")
                        .get(partition));
        assertThat(statement.get("Principal").get("Federated").asText())
                .isEqualTo("arn:" + partition + ":iam::123456789012:saml-provider/ADFS");
        assertThat(actions(statement))
                .containsExactly("sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity");
    }

    @Test
    void oidc_withAnAuthorizedParty_registersAndTrustsBoth() {
        CloudFormation template = CloudFormation.of(
                "oidc.yaml", with(with(MAY, "AuthorizedParty", "build-agents"), "Subject", "repo:acme/*"));
        JsonNode condition = only(template.trust()).get("Condition");

        assertThat(texts(template.resource("Provider").get("ClientIdList")))
                .containsExactly("credential-broker", "build-agents");
        assertThat(texts(condition.get("StringEquals").get("sso.example.com/realms/corp:aud")))
                .containsExactly("credential-broker", "build-agents");
        assertThat(condition
                        .get("StringLike")
                        .get("sso.example.com/realms/corp:sub")
                        .asText())
                .isEqualTo("repo:acme/*");
    }

    @Test
    void assumeRole_withAnExternalId_asksForIt() {
        Map<String, String> parameters = with(with(MAY, "BrokerArn", BROKER), "ExternalId", "an-agreed-word");
        JsonNode trust = CloudFormation.of("assume-role.yaml", parameters).trust();

        assertThat(trust.get("Statement")
                        .get(0)
                        .get("Condition")
                        .get("StringEquals")
                        .get("sts:ExternalId")
                        .asText())
                .isEqualTo("an-agreed-word");
        assertThat(texts(trust.get("Statement")
                        .get(1)
                        .get("Condition")
                        .get("ForAllValues:StringEquals")
                        .get("aws:TagKeys")))
                .containsExactly("workload");
        assertThat(trust.get("Statement"))
                .flatExtracting(CloudFormationTest::actions)
                .containsExactly("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");
    }

    @Test
    void brokerRole_mayAssumeTheNamedRolesAndNothingElse() {
        JsonNode policies = CloudFormation.of(
                        "broker-role.yaml",
                        Map.of(
                                "TargetRoleArns",
                                "arn:aws:iam::123456789012:role/A,arn:aws:iam::1:role/B",
                                "Place",
                                "ec2"))
                .resource("Role")
                .get("Policies");
        JsonNode statement = only(only(policies).get("PolicyDocument"));

        assertThat(actions(statement)).containsExactly("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");
        assertThat(texts(statement.get("Resource")))
                .containsExactly("arn:aws:iam::123456789012:role/A", "arn:aws:iam::1:role/B");
    }

    @Test
    void brokerRole_ofACluster_trustsOneServiceAccount() {
        JsonNode condition = only(CloudFormation.of(
                                "broker-role.yaml", Map.of("TargetRoleArns", "a", "ClusterIssuer", CLUSTER))
                        .trust())
                .get("Condition")
                .get("StringEquals");

        assertThat(condition.get(CLUSTER + ":aud").asText()).isEqualTo("sts.amazonaws.com");
        assertThat(condition.get(CLUSTER + ":sub").asText())
                .isEqualTo("system:serviceaccount:credential-broker:credential-broker");
    }

    /** The broker's configuration beside them asks for these roles, of these providers, and no longer than they allow. */
    @Test
    void configuration_asksForWhatTheTemplatesMake() {
        JsonNode broker =
                Yaml.read(CloudFormation.DIRECTORY.resolve("application.yaml")).get("broker");
        CloudFormation saml = CloudFormation.of("saml.yaml", MAY);
        CloudFormation oidc = CloudFormation.of("oidc.yaml", OIDC);
        CloudFormation direct = CloudFormation.of(
                "assume-role.yaml", with(with(MAY, "BrokerArn", BROKER), "ExternalId", "an-agreed-word"));
        JsonNode corp = broker.get("issuers").get("corp");
        JsonNode direction = broker.get("roles").get("node-jobs");

        assertMade(saml, broker.get("roles").get("adfs-production"), 12);
        assertMade(oidc, broker.get("roles").get("batch-upload"), 4);
        assertMade(direct, direction, 1);
        assertThat(only(saml.trust()).get("Principal").get("Federated").asText())
                .isEqualTo(broker.get("saml")
                        .get("adfs")
                        .get("provider-arn")
                        .asText()
                        .replace("*", "123456789012"));
        assertThat(oidc.resource("Provider").get("Url")).isEqualTo(corp.get("issuer"));
        assertThat(only(oidc.trust()).get("Condition").get("StringEquals").get("sso.example.com/realms/corp:aud"))
                .isEqualTo(corp.get("audiences"));
        assertThat(direct.trust().at("/Statement/0/Condition/StringEquals/sts:ExternalId"))
                .isEqualTo(direction.get("external-id"));
        assertThat(texts(direct.trust().at("/Statement/1/Condition/ForAllValues:StringEquals/aws:TagKeys")))
                .containsExactlyElementsOf(() -> direction.get("tags").fieldNames());
    }

    private static void assertMade(CloudFormation template, JsonNode role, int hours) {
        JsonNode made = template.resource("Role");
        assertThat(role.get("arn").asText())
                .isEqualTo(
                        "arn:aws:iam::123456789012:role/" + made.get("RoleName").asText());
        assertThat(made.get("MaxSessionDuration").asInt()).isEqualTo(hours * 3600);
        assertThat(role.path("max-duration").asText("1h")).isEqualTo(hours + "h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AuthorizedParties", "AWS::Region"})
    void parameter_thatATemplateDoesNotHave_isRefused(String name) {
        assertThatThrownBy(() -> CloudFormation.of("oidc.yaml", Map.of(name, "a")))
                .hasMessageContaining(name);
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return more;
    }

    private static JsonNode only(JsonNode policy) {
        JsonNode elements = policy.path("Statement").isMissingNode() ? policy : policy.get("Statement");
        assertThat(elements).hasSize(1);
        return elements.get(0);
    }

    private static List<String> actions(JsonNode statement) {
        JsonNode action = statement.get("Action");
        return action.isArray() ? texts(action) : List.of(action.asText());
    }

    private static List<String> texts(JsonNode array) {
        return Yaml.stream(array).map(JsonNode::asText).toList();
    }
}
