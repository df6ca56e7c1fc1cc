package dev.credbroker.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The OIDC issuers whose JWTs are trusted. Values are read leniently, so that all mistakes are told at once. */
@ConfigMapping(prefix = "broker")
public interface OidcConfig {

    /**
     * The trusted issuers, each under a name of the operator's choice. The name stands for the issuer in
     * {@code broker.roles.*.admit}, in templates as {@code {provider}}, in metrics and in the audit log.
     *
     * <p>Default: none. Example: {@code broker.issuers.corp.issuer: https://idp.example.com/realms/corp}. A JWT of any
     * other issuer is refused without a single network call.
     */
    Map<String, Issuer> issuers();

    /** One trusted issuer. */
    interface Issuer {

        /**
         * The issuer's text as it stands in the claim {@code iss}, compared character by character: no repair of
         * trailing slashes, case or ports (OpenID Connect Core, section 3.1.3.7).
         *
         * <p>Required. An {@code https} URL, or {@code http} on a loopback address; any other text only together with
         * {@code jwks-uri}. Example: {@code https://idp.example.com/realms/corp}.
         */
        Optional<String> issuer();

        /**
         * What {@code aud} must contain for a token that is addressed to this broker. Any one of them is enough.
         *
         * <p>Default: none; either this or {@code aws-audiences} must be set. Example: {@code [credential-broker]}.
         * Choose a value that no other service accepts: whoever gets a token with this audience can bring it here. For
         * the same reason ask the issuer for tokens with this one audience: every other service that {@code aud} names
         * can bring the token here too. One with several audiences is taken only with {@code azp}, see
         * {@code authorized-parties}. AWS's own, such as {@code sts.amazonaws.com}, are refused: they belong to
         * {@code aws-audiences}.
         */
        Optional<List<String>> audiences();

        /**
         * What {@code aud} must contain for a token that is addressed to AWS itself. Such a token opens roles with
         * {@code assume-role-with-web-identity} and nothing else.
         *
         * <p>Default: none. Example: {@code [sts.amazonaws.com]}. No value may stand in both lists.
         */
        Optional<List<String>> awsAudiences();

        /**
         * Where the issuer's public keys (RFC 7517) are. Discovery is not asked then.
         *
         * <p>Default: {@code jwks_uri} of {@code ISSUER/.well-known/openid-configuration}. An {@code https} URL, or
         * {@code http} on a loopback address. Example: {@code https://idp.example.com/jwks}.
         */
        Optional<String> jwksUri();

        /**
         * Further hosts on which discovery may say that the keys are. The issuer's own host is always allowed.
         *
         * <p>Default: none. Example: {@code [www.googleapis.com]} for {@code https://accounts.google.com}. A
         * {@code jwks_uri} on any other host is refused, and the issuer then has no keys.
         */
        Optional<List<String>> jwksHosts();

        /**
         * A PEM file with the certificates of the authorities that may vouch for the issuer's servers, instead of
         * those that Java trusts.
         *
         * <p>Default: Java's. Read at the start. Example:
         * {@code /var/run/secrets/kubernetes.io/serviceaccount/ca.crt} for a cluster's own issuer.
         */
        Optional<String> jwksCaFile();

        /**
         * A file with a token that is sent as {@code Authorization: Bearer} when keys are fetched, as the API server
         * of a Kubernetes cluster asks. Read anew at each fetch, since such tokens rotate.
         *
         * <p>Default: none. Example: {@code /var/run/secrets/kubernetes.io/serviceaccount/token}.
         */
        Optional<String> jwksTokenFile();

        /**
         * The signature algorithms that this issuer may use: of {@code RS256, RS384, RS512, PS256, PS384, PS512, ES256,
         * ES384, ES512, EdDSA} (Ed25519 only).
         *
         * <p>Default: all of them, in this order. A key serves exactly one algorithm: the one that its {@code alg}
         * says, or else the first in this list that suits its type (RFC 8725, section 3.1). So an issuer which signs
         * with PS256 and publishes keys without {@code alg} needs {@code [PS256]} here. STS itself takes RS and ES
         * only.
         */
        Optional<List<String>> algorithms();

        /**
         * How far the issuer's clock and ours may be apart when {@code exp}, {@code nbf} and {@code iat} are judged.
         *
         * <p>Default: {@code 60s}; at most {@code 180s}. Example: {@code 30s}. Larger: expired tokens are good for
         * longer. Too small: fresh tokens of an issuer whose clock runs ahead are refused.
         */
        @WithDefault("60s")
        String clockSkew();

        /**
         * How old a token may be, counted from {@code iat}, whatever its {@code exp} says. The clock skew is added.
         *
         * <p>Default: no limit but {@code exp}, which may be at most 24 hours after {@code iat}. Example: {@code 1h}.
         * An older token is answered like an expired one: sign in again.
         */
        Optional<String> maxTokenAge();

        /**
         * The claim that names the caller, as a claim path (see {@code attributes}). Its value is a text of 1 to 255
         * characters without control and formatting characters.
         *
         * <p>Default: {@code sub}. Example: {@code oid}. Choose one that the issuer never reassigns and users cannot
         * edit: it is what sessions are keyed by and what AWS records.
         */
        @WithDefault("sub")
        String subjectClaim();

        /**
         * The values of the header {@code typ} that are accepted, whatever their case and with or without
         * {@code application/} (RFC 7515, section 4.1.9); the word {@code absent} stands for a token that
         * has none.
         *
         * <p>Default: {@code [absent, JWT, at+jwt]}. Example: {@code [at+jwt]}, which takes access tokens of RFC 9068
         * only. Logout tokens, DPoP proofs and security events carry a {@code typ} of their own and are refused by
         * default. Whatever its {@code typ}, a token with the claim {@code events} is refused: it tells of an event
         * (RFC 8417).
         */
        Optional<List<String>> typ();

        /**
         * The clients for which tokens may have been issued: what {@code azp} may say.
         *
         * <p>Default: {@code azp} may say anything, since it often names another party than the audience, and may be
         * absent from a token with one audience. Example: {@code [build-agents]}. Once set, a token without
         * {@code azp} is refused. With or without this, so is one that has several audiences and no {@code azp}
         * (OpenID Connect Core, section 3.1.3.7). A Kubernetes cluster knows no {@code azp}: let each projected token
         * have one audience.
         */
        Optional<List<String>> authorizedParties();

        /**
         * Attributes for conditions and templates that are not claims of the top level: name and claim path.
         *
         * <p>Default: every top-level claim is an attribute under its own name. A path is names joined by dots; a name
         * that contains a dot is quoted. Examples: {@code groups: realm_access.roles},
         * {@code roles: resource_access."my.client".roles}, {@code groups: '"https://example.com/groups"'}. A name
         * given here hides the top-level claim of that name, even in tokens where the path leads nowhere.
         */
        Map<String, String> attributes();

        /**
         * Top-level claims that differ from token to token without meaning anything for rights. They are left out of
         * the key under which a session of the two pass-through operations is held.
         *
         * <p>Default: {@code [jti, iat, nbf, exp, auth_time, sid, nonce, at_hash]}. A list given here replaces it. A
         * claim that changes with each token and is missing here makes every token cost one STS call. A claim that a
         * trust policy tests must not be listed, or a held session bypasses the test; {@code iss, sub, aud, azp, amr}
         * are refused.
         */
        Optional<List<String>> volatileClaims();
    }
}
