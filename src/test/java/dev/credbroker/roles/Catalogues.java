package dev.credbroker.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.configuration.Findings;
import java.util.Map;
import java.util.Optional;

/** Catalogues without a mistake, and the providers that their roles may name. */
public final class Catalogues {

    /** An OIDC issuer whose tokens are addressed to the broker. */
    public static final String CORP = "corp";

    /** An OIDC issuer whose tokens are addressed to AWS only. */
    public static final String CI = "ci";

    /** A SAML identity provider whose assertions are addressed to AWS only. */
    public static final String ADFS = "adfs";

    /** A SAML identity provider whose assertions may be addressed to the broker or to AWS. */
    public static final String SSO = "sso";

    /** Another like {@link #CORP}, whose name begins with that one's. */
    public static final String CORP_EU = "corp-eu";

    public static final Map<String, ProviderTraits> PROVIDERS = Map.of(
            CORP, new ProviderTraits(false, true, false),
            CORP_EU, new ProviderTraits(false, true, false),
            CI, new ProviderTraits(false, false, true),
            ADFS, new ProviderTraits(true, false, true),
            SSO, new ProviderTraits(true, true, true));

    private Catalogues() {}

    /** The catalogue of these roles, STS being called in {@code eu-west-1}; a finding is a mistake of the test. */
    public static RoleCatalogue of(Map<String, ? extends RolesConfig.Entry> roles) {
        Findings findings = new Findings();
        RoleCatalogue catalogue = RoleCatalogue.from(
                () -> Map.copyOf(roles), PROVIDERS, Optional.of(new AwsRegion("eu-west-1")), findings);
        assertThat(findings.all()).as("findings in a catalogue for a test").isEmpty();
        return catalogue;
    }
}
