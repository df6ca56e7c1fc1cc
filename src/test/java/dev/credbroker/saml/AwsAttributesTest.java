package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.PROVIDER;
import static dev.credbroker.saml.TrustedProvider.ROLE;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class AwsAttributesTest {

    private static final String AWS = "https://aws.amazon.com/SAML/Attributes/";
    private static final SamlRole PAIR = new SamlRole(RoleArn.parse(ROLE), SamlProviderArn.parse(PROVIDER));

    @ParameterizedTest
    @ValueSource(
            strings = {
                ROLE + "," + PROVIDER,
                PROVIDER + "," + ROLE,
                " " + ROLE + " , " + PROVIDER + " ",
                "\n  " + PROVIDER + ",\n  " + ROLE + "\n"
            })
    void roles_inEitherOrderAndSpaced_areRead(String value) {
        assertThat(genuine(response().attribute(AWS + "Role", value)).roles()).containsExactly(PAIR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ROLE,
                PROVIDER,
                ROLE + "," + ROLE,
                PROVIDER + "," + PROVIDER,
                ROLE + "," + PROVIDER + "," + PROVIDER,
                ROLE + ";" + PROVIDER,
                ROLE + "," + "arn:aws:iam::123456789012:saml-provider/adfs",
                ROLE + "," + "arn:aws:iam::123456789012:saml-provider/ADFS2",
                ROLE + "," + "arn:aws:iam::210987654321:saml-provider/ADFS",
                ROLE + "," + "arn:aws-cn:iam::123456789012:saml-provider/ADFS",
                "arn:aws-cn:iam::123456789012:role/X," + PROVIDER,
                "arn:aws:iam::123456789012:user/X," + PROVIDER,
                "arn:aws:iam::12345678901:role/X," + PROVIDER,
                "arn:aws:iam::*:role/X," + PROVIDER
            })
    void roles_thatAreNotThisProviders_areLeftOut(String value) {
        assertThat(genuine(response().attribute(AWS + "Role", value)).roles()).isEmpty();
    }

    @Test
    void roles_many_areAllReadOnceInTheirOrder() {
        String second = "arn:aws:iam::210987654321:role/path/Other";
        String secondProvider = "arn:aws:iam::210987654321:saml-provider/ADFS";

        CheckedAssertion assertion = genuine(response()
                .attribute(
                        AWS + "Role",
                        second + "," + secondProvider,
                        "nonsense",
                        ROLE + "," + PROVIDER,
                        PROVIDER + "," + ROLE));

        assertThat(assertion.roles())
                .containsExactly(new SamlRole(RoleArn.parse(second), SamlProviderArn.parse(secondProvider)), PAIR);
    }

    @Test
    void roles_ofAnotherAccountThanTheConfigured_areLeftOut() {
        assertThat(genuine(response(), "provider-arn", "arn:aws:iam::210987654321:saml-provider/ADFS")
                        .roles())
                .isEmpty();
        assertThat(genuine(response(), "provider-arn", PROVIDER).roles()).containsExactly(PAIR);
    }

    @Test
    void singleValues_absentOrEmpty_areAbsent() {
        CheckedAssertion assertion = genuine(response()
                .roleSessionName("")
                .sourceIdentity("")
                .principalTag("Team", "")
                .attribute(AWS + "SessionDuration", ""));

        assertThat(assertion.roleSessionName()).isEmpty();
        assertThat(assertion.sourceIdentity()).isEmpty();
        assertThat(assertion.principalTags()).isEmpty();
        assertThat(assertion.sessionDuration()).isEmpty();
        assertThat(assertion.transitiveTagKeys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RoleSessionName", "SessionDuration", "SourceIdentity", "PrincipalTag:Team"})
    void singleValues_two_areRefused(String name) {
        assertThat(flaw(response().attribute(AWS + name, "900", "901"))).isEqualTo(AssertionFlaw.SEVERAL_VALUES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"900", "3600", "43200"})
    void sessionDuration_withinTheRange_isRead(String seconds) {
        assertThat(genuine(response().attribute(AWS + "SessionDuration", seconds))
                        .sessionDuration())
                .contains(Integer.valueOf(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"899", "43201", "0", "-900", "1h", "900.0", " 900", "0900", "99999999999", "٩٠٠"})
    void sessionDuration_anythingElse_isRefused(String text) {
        assertThat(flaw(response().attribute(AWS + "SessionDuration", text))).isEqualTo(AssertionFlaw.SESSION_DURATION);
    }

    @Test
    void names_inAnotherCase_areNotAws() {
        CheckedAssertion assertion =
                genuine(response().attribute("https://aws.amazon.com/saml/attributes/SourceIdentity", "x"));

        assertThat(assertion.sourceIdentity()).isEmpty();
    }

    // All attributes.

    @Test
    void attributes_areKnownByTheirNameAndByTheConfigured() {
        CheckedAssertion assertion =
                genuine(response().attribute("urn:groups", "a", "b"), "attributes.groups", "urn:groups");

        assertThat(assertion.attributes().get("urn:groups")).containsExactly("a", "b");
        assertThat(assertion.attributes().get("groups")).containsExactly("a", "b");
    }

    @Test
    void attributes_calledLikeAConfiguredName_neverStandInForIt() {
        CheckedAssertion both = genuine(
                response().attribute("groups", "admins").attribute("urn:groups", "users"),
                "attributes.groups",
                "urn:groups");
        CheckedAssertion onlyTheFalseOne =
                genuine(response().attribute("groups", "admins"), "attributes.groups", "urn:groups");

        assertThat(both.attributes().get("groups")).containsExactly("users");
        assertThat(onlyTheFalseOne.attributes()).doesNotContainKey("groups");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1"})
    void attributes_emptyOrNil_areAbsent(String yes) {
        var nil = Edits.at("AttributeValue", value -> {
            value.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:xsi", Elements.SCHEMA_INSTANCE);
            value.setAttributeNS(Elements.SCHEMA_INSTANCE, "xsi:nil", yes);
        });
        CheckedAssertion assertion = genuine(response()
                .attribute(AWS + "Role", "ignored")
                .attribute("urn:empty", "")
                .attribute("urn:none")
                .attribute("urn:some", "", "x")
                .beforeSigning(nil));

        assertThat(assertion.attributes()).doesNotContainKeys(AWS + "Role", "urn:empty", "urn:none");
        assertThat(assertion.attributes().get("urn:some")).containsExactly("x");
    }

    @Test
    void attributes_ofOneNameAndFormat_areMerged() {
        CheckedAssertion assertion = genuine(response().beforeSigning(Edits.at("AttributeStatement", statement -> {
            statement.appendChild(attribute(statement, "urn:a", null, "1"));
            statement.appendChild(
                    attribute(statement, "urn:a", "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified", "2"));
        })));

        assertThat(assertion.attributes().get("urn:a")).containsExactly("1", "2");
    }

    @Test
    void attributes_ofOneNameInTwoFormats_areRefused() {
        assertThat(flaw(response().beforeSigning(Edits.at("AttributeStatement", statement -> {
                    statement.appendChild(attribute(statement, "urn:a", "urn:x", "1"));
                    statement.appendChild(attribute(statement, "urn:a", "urn:y", "1"));
                }))))
                .isEqualTo(AssertionFlaw.DUPLICATE_ATTRIBUTE);
    }

    @Test
    void attributes_withoutAName_areRefused() {
        assertThat(flaw(response().beforeSigning(Edits.unset("Attribute", "Name"))))
                .isEqualTo(AssertionFlaw.UNEXPECTED_CONTENT);
    }

    @Test
    void attributes_none_isGenuineWithoutRoles() {
        CheckedAssertion assertion = genuine(response().beforeSigning(Edits.remove("AttributeStatement")));

        assertThat(assertion.attributes()).isEmpty();
        assertThat(assertion.roles()).isEqualTo(List.of());
    }

    // The digest.

    @Test
    void digest_ofTheSameInAnotherOrder_isTheSame() {
        String one = genuine(response().attribute("urn:a", "1").attribute("urn:b", "2"))
                .attributesDigest();
        String other = genuine(response().attribute("urn:b", "2").attribute("urn:a", "1"))
                .attributesDigest();

        assertThat(one).isEqualTo(other).matches("[0-9a-f]{64}");
    }

    @Test
    void digest_ofAnotherRecipient_differs() {
        String regional = "https://eu-west-1.signin.aws.amazon.com/saml";

        assertThat(genuine(response()).attributesDigest())
                .isNotEqualTo(genuine(response().recipient(regional)).attributesDigest())
                .isEqualTo(genuine(response()).attributesDigest());
    }

    private static Element attribute(Element near, String name, @Nullable String format, String text) {
        Element attribute = Edits.newElement(near, Elements.ASSERTION, "saml:Attribute");
        attribute.setAttribute("Name", name);
        if (format != null) {
            attribute.setAttribute("NameFormat", format);
        }
        Element value = Edits.newElement(near, Elements.ASSERTION, "saml:AttributeValue");
        value.setTextContent(text);
        attribute.appendChild(value);
        return attribute;
    }
}
