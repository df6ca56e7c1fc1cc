package dev.credbroker.saml;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.aws.SamlProviderArnPattern;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The attributes that AWS reads from an assertion.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html">Configure
 *     SAML assertions for the authentication response</a>
 */
record AwsAttributes(
        List<SamlRole> roles,
        Optional<String> roleSessionName,
        Optional<Integer> sessionDuration,
        Optional<String> sourceIdentity,
        Map<String, String> principalTags,
        Set<String> transitiveTagKeys) {

    private static final String PREFIX = "https://aws.amazon.com/SAML/Attributes/";
    private static final String PRINCIPAL_TAG = PREFIX + "PrincipalTag:";
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{2,4}");

    static AwsAttributes of(Attributes attributes, Optional<SamlProviderArnPattern> provider) throws FlawedAssertion {
        return new AwsAttributes(
                provider.map(pattern -> roles(attributes, pattern)).orElse(List.of()),
                attributes.single(PREFIX + "RoleSessionName"),
                duration(attributes.single(PREFIX + "SessionDuration")),
                attributes.single(PREFIX + "SourceIdentity"),
                principalTags(attributes),
                attributes.of(PREFIX + "TransitiveTagKeys"));
    }

    private static List<SamlRole> roles(Attributes attributes, SamlProviderArnPattern provider) {
        return attributes.of(PREFIX + "Role").stream()
                .flatMap(AwsAttributes::pair)
                .filter(pair -> provider.matches(pair.provider()))
                .distinct()
                .toList();
    }

    /** AWS documents {@code ROLE,PROVIDER}; providers also send {@code PROVIDER,ROLE}, and spaces around both. */
    private static Stream<SamlRole> pair(String value) {
        String[] arns = value.split(",", -1);
        return arns.length == 2 ? Stream.concat(pair(arns[0], arns[1]), pair(arns[1], arns[0])) : Stream.empty();
    }

    private static Stream<SamlRole> pair(String role, String provider) {
        try {
            return Stream.of(new SamlRole(RoleArn.parse(role.strip()), SamlProviderArn.parse(provider.strip())));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static Optional<Integer> duration(Optional<String> text) throws FlawedAssertion {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        FlawedAssertion.unless(SECONDS.matcher(text.get()).matches(), AssertionFlaw.SESSION_DURATION);
        int seconds = Integer.parseInt(text.get());
        FlawedAssertion.unless(seconds >= 900 && seconds <= 43_200, AssertionFlaw.SESSION_DURATION);
        return Optional.of(seconds);
    }

    private static Map<String, String> principalTags(Attributes attributes) throws FlawedAssertion {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String name : attributes.values().keySet()) {
            if (name.startsWith(PRINCIPAL_TAG)) {
                attributes.single(name).ifPresent(value -> tags.put(name.substring(PRINCIPAL_TAG.length()), value));
            }
        }
        return Collections.unmodifiableMap(tags);
    }
}
