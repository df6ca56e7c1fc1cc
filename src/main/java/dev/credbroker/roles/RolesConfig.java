package dev.credbroker.roles;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The roles that can be had. What is not listed cannot be had. */
@ConfigMapping(prefix = "broker")
public interface RolesConfig {

    /** The roles by the name that callers use: letters, digits and {@code . _ -}, at most 64. */
    Map<String, Entry> roles();

    /** One role, or one pattern of roles. */
    interface Entry {

        /**
         * The role's ARN. {@code *} may stand for the whole account or the whole name; such roles are asked for by ARN
         * and listed as patterns.
         */
        Optional<String> arn();

        /**
         * How its sessions are minted: {@code assume-role-with-saml}, {@code assume-role-with-web-identity} or
         * {@code assume-role}. Only the last needs AWS credentials of the broker's own, and where those are temporary it
         * lasts one hour at most.
         */
        Optional<String> operation();

        /** What is granted where the caller names no duration; 15 minutes to 12 hours. */
        @WithDefault("1h")
        Duration defaultDuration();

        /**
         * The longest that is granted; the role's {@code MaxSessionDuration} in IAM. Larger than IAM's own value: STS
         * refuses, and callers are told so.
         */
        @WithDefault("1h")
        Duration maxDuration();

        /**
         * What becomes of a named duration that is longer than can be had: {@code reject} (a 400 that says the limit) or
         * {@code clamp} (the longest that can be had, told in {@code Broker-Duration}).
         */
        @WithDefault("reject")
        String onExcess();

        /** Who may take the role. Nobody, if empty: that stops the start. */
        List<Admit> admit();

        /**
         * The session's name in CloudTrail, as a template over {@code {subject}}, {@code {provider}} and attributes.
         * What does not fit AWS's characters, or could be read in two ways, is rewritten, and then ends in ten characters
         * of a hash, so that two people never share a name. Default {@code {subject}}; not for SAML roles, where the assertion names it.
         */
        Optional<String> sessionName();

        /** The session's source identity, a template. Never rewritten: unfit is a 403. Only for {@code assume-role}. */
        Optional<String> sourceIdentity();

        /** Session tags, each value a template. Never rewritten: unfit is a 403. Only for {@code assume-role}. */
        Map<String, String> tags();

        /** Which of the tags pass on to sessions chained from this one. */
        Optional<List<String>> transitiveTags();

        /**
         * A JSON file with a session policy that narrows the role; its strings may hold templates. A value enters only
         * as {@code [A-Za-z0-9._@=,+-]+}: anything else is a 403.
         */
        Optional<String> policy();

        /** ARNs of at most ten managed policies that narrow the role. */
        Optional<List<String>> policyArns();

        /** What the role's owner agreed on with the broker; needed where {@code *} stands for the account. */
        Optional<String> externalId();

        /** The region whose STS is called; default {@code broker.sts.region}. It must lie in the role's partition. */
        Optional<String> region();

        /** What a session must at least still last when it is handed out, where the caller does not say it. */
        Optional<Duration> minRemaining();

        /**
         * Whether a session ends no later than the token that opened it. Default {@code false}: a job may outlive its
         * token, which is what long sessions are for.
         */
        @WithDefault("false")
        boolean endWithToken();
    }

    /** Some of those whom one provider verifies. */
    interface Admit {

        /** A name from {@code broker.issuers} or {@code broker.saml}. */
        Optional<String> provider();

        /** Tests by attribute name; all of them must hold. */
        Map<String, Match> match();

        /** {@code true}: all whom the provider verifies. The only way to say so. */
        @WithDefault("false")
        boolean everyone();
    }

    /** A test of one attribute; where several are written, all of them must hold. */
    interface Match {

        /** The attribute's only value is this. */
        Optional<String> equals();

        /** One of the attribute's values is among these. */
        Optional<List<String>> anyOf();

        /** One of the attribute's values begins with this, which ends in a separator. */
        Optional<String> prefix();
    }
}
