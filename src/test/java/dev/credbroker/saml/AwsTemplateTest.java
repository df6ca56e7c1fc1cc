package dev.credbroker.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.Partition;
import dev.credbroker.deploy.CloudFormation;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the trust policy that is shipped asks of an assertion is what the broker takes for an address of AWS. */
class AwsTemplateTest {

    @ParameterizedTest
    @ValueSource(strings = {"aws", "aws-us-gov", "aws-cn"})
    void recipient_ofTheTrustPolicy_isOneOfThePartition(String partition) {
        String recipient = CloudFormation.of("saml.yaml", Map.of("AWS::Partition", partition, "ManagedPolicyArns", "a"))
                .trust()
                .at("/Statement/0/Condition/StringEquals/SAML:aud")
                .asText();

        assertThat(Address.of(new Partition(partition)).orElseThrow().recipient())
                .accepts(recipient);
    }
}
