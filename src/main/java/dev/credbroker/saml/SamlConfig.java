package dev.credbroker.saml;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The SAML identity providers that are trusted, each under a name of the operator's choice. */
@ConfigMapping(prefix = "broker")
public interface SamlConfig {

    /**
     * SAML identity providers by name. The name appears in {@code admit.provider} of a role, in audit events and in
     * {@code {provider}}. None by default: no SAML response is then accepted.
     */
    Map<String, Provider> saml();

    /** One SAML identity provider. Two providers never share an entity id. */
    interface Provider {

        /**
         * The provider's SAML metadata: a file, or an {@code https} URL ({@code http} to a loopback address only).
         * Example: {@code https://adfs.example.com/FederationMetadata/2007-06/FederationMetadata.xml}. No default;
         * either this or {@code signing-certificates} is needed. A file is read once, at the start. A URL is fetched
         * in the background and again every hour, so that a rotated key is known without a restart. Until the first fetch succeeds, and from 24 hours after the last good one (or from
         * {@code validUntil}), responses of this provider are answered with 503. At most 1 MiB, redirects are not
         * followed, the metadata's own signature is not read: a URL is trusted for its TLS, a file for its place.
         */
        Optional<String> metadata();

        /**
         * The provider's entity id, compared character by character with the {@code Issuer} of an assertion. Example:
         * {@code http://adfs.example.com/adfs/services/trust}. Needed with {@code signing-certificates};
         * with metadata it may be left out if the metadata describes one provider only, and is then that provider's for
         * as long as the program runs. If the metadata does not describe this entity id, the metadata is refused.
         */
        Optional<String> entityId();

        /**
         * The certificates whose keys sign this provider's responses, instead of metadata: PEM files or PEM text, at
         * most three different keys (one, and the next while it is rotated). Example: {@code /etc/broker/adfs.pem}. No
         * default. RSA of at least 2048 bits or EC of at least 256. Only the key counts: the issuer of the certificate is
         * not judged, and its dates only with {@code expired-certificates: refuse}, so a key is withdrawn by removing it here.
         */
        Optional<List<String>> signingCertificates();

        /**
         * The ARN under which AWS knows this provider; {@code *} may stand for the account. Example:
         * {@code arn:aws:iam::*:saml-provider/ADFS}. A pair in an assertion's {@code Role} attribute counts only if
         * its provider matches this and lies in the account of its role. Also sets the partition, and with it the
         * default of {@code audiences} and {@code recipients}. Without it nothing from this provider is accepted as
         * addressed to AWS, and {@code broker-audience} is needed.
         */
        Optional<String> providerArn();

        /**
         * The audiences by which an assertion is addressed to AWS, compared exactly. Default: those of the partition,
         * for {@code aws} {@code urn:amazon:webservices}, {@code https://signin.aws.amazon.com/saml} and its forms with
         * a region and with {@code /acs/ID}. Set it only where AWS was registered under another name; it replaces the
         * default. Every audience restriction of an assertion must hold one of them.
         */
        Optional<List<String>> audiences();

        /**
         * The recipients by which an assertion is addressed to AWS, compared exactly. Default: AWS's sign-in addresses
         * of the partition: {@code https://signin.aws.amazon.com/saml},
         * {@code https://REGION.signin.aws.amazon.com/saml}, both also with {@code /acs/ID}. It replaces the default.
         */
        Optional<List<String>> recipients();

        /**
         * The audience by which an assertion is addressed to this broker. Example: {@code urn:example:credential-broker}.
         * No default: without it this provider opens no role of the operation {@code assume-role}. Needs
         * {@code broker-recipient}, and must not be an audience of AWS: what was meant for AWS must never open a role
         * that the broker assumes with keys of its own.
         */
        Optional<String> brokerAudience();

        /**
         * The recipient by which an assertion is addressed to this broker. Example:
         * {@code https://broker.example.com/v1/credentials}. No default; needs {@code broker-audience}, and must not be a
         * recipient of AWS. It is compared as text; the broker need not be reachable there.
         */
        Optional<String> brokerRecipient();

        /**
         * How old an assertion addressed to the broker may be, counted from its {@code IssueInstant}. Default 10
         * minutes, at most 12 hours. Longer: a stolen assertion is useful for longer, within its own validity, which
         * always holds too. What is addressed to AWS is not judged by this: STS takes it for five minutes.
         */
        @WithDefault("10m")
        String maxAssertionAge();

        /**
         * How far the provider's clock may differ from the broker's, applied to every time in a response except
         * {@code SessionNotOnOrAfter}. Default 60 seconds, at most 180. Smaller: fresh assertions of a provider whose
         * clock runs ahead are refused.
         */
        @WithDefault("60s")
        String clockSkew();

        /**
         * What must be signed: {@code assertion} (default) wants a signature on the assertion itself,
         * {@code response-or-assertion} is also content with one on the whole response, as some providers send. Where
         * both are signed both must be valid.
         */
        @WithDefault("assertion")
        String signature();

        /**
         * How long ago the sign-in at the provider may have been, counted from {@code AuthnInstant}; the clock skew is
         * added. Default: no limit, as long as the assertion itself is good. Example: {@code 8h}; 1 second to 30
         * days. It holds for both addressees, and where an assertion tells of several sign-ins, for each. Longer ago: answered like an
         * expired assertion, until the person signs in again; a fresh assertion from an old sign-in does not help.
         */
        Optional<String> maxAuthenticationAge();

        /**
         * The ways of signing in that are good enough: what {@code AuthnContextClassRef} may say, compared exactly. Default:
         * any, and none. Example: {@code [https://refeds.org/profile/mfa]}. Once set, an assertion that tells of
         * another way, or of none, is refused, for both addressees. It is worth what the provider says: some always say
         * {@code urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport}.
         */
        Optional<List<String>> authenticationContexts();

        /**
         * Whether only unsolicited responses are taken (SAML Profiles 4.1.5). Default {@code false}: the broker asks no
         * provider anything and cannot tell whether a request that a response answers was ever made; for the broker, response and
         * confirmation must only say the same about it. {@code true} refuses {@code InResponseTo} in either, for
         * both addressees, and with it every sign-in that began elsewhere than at the provider.
         */
        @WithDefault("false")
        boolean unsolicitedOnly();

        /**
         * What becomes of keys whose certificate is outside its dates: {@code accept} (default) trusts them like any
         * other, and a warning at the start names the provider, where its certificates are known by then;
         * {@code refuse} does not trust them. The default is that of the SAML metadata interoperability profile: being
         * configured is what makes a key trusted, providers let certificates run out, and a date must not be what stops
         * every job at once. With {@code refuse} a start with no key left fails, and when the last one runs out later,
         * this provider's responses are answered with 503. The dates include both ends, without clock skew.
         */
        @WithDefault("accept")
        String expiredCertificates();

        /**
         * Short names for SAML attributes, for conditions and templates. Example:
         * {@code groups: http://schemas.xmlsoap.org/claims/Group}. None by default; every attribute is available under its
         * SAML name as well. A short name always means the attribute given here, even if the assertion carries one that
         * is really called so.
         */
        Map<String, String> attributes();
    }
}
