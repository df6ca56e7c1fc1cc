package dev.credbroker.sts;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.aws.SessionTags;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.session.SessionSpec;
import dev.credbroker.sts.ExchangeFailure.Fault;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;

/** Asks STS through the AWS SDK: each operation with what it takes, and nothing that the plan does not say. */
final class SdkStsCall implements StsCall {

    private final StsClients clients;
    private final SdkOwnCredentials ownCredentials;
    private final InstantSource clock;
    private final IssuedCheck issued;

    SdkStsCall(StsClients clients, SdkOwnCredentials ownCredentials, InstantSource clock) {
        this.clients = clients;
        this.ownCredentials = ownCredentials;
        this.clock = clock;
        this.issued = new IssuedCheck(clock);
    }

    @Override
    public SessionCredentials call(SessionPlan plan, Duration timeout) {
        try {
            return switch (plan.spec().operation()) {
                case ASSUME_ROLE_WITH_SAML -> withSaml(plan, timeout);
                case ASSUME_ROLE_WITH_WEB_IDENTITY -> withWebIdentity(plan, timeout);
                case ASSUME_ROLE -> assumeRole(plan, timeout);
            };
        } catch (SdkException e) {
            throw new ExchangeFailed(StsErrors.classify(e, plan.spec().operation()));
        }
    }

    private SessionCredentials withSaml(SessionPlan plan, Duration timeout) {
        SessionSpec spec = plan.spec();
        AssumeRoleWithSamlResponse answer = clients.unsigned(spec.region())
                .assumeRoleWithSAML(request -> request.overrideConfiguration(call -> call.apiCallTimeout(timeout))
                        .roleArn(spec.role().toString())
                        .principalArn(spec.samlProvider().orElseThrow().toString())
                        .samlAssertion(plan.proof().text().reveal())
                        .durationSeconds(seconds(plan))
                        .policy(spec.policies().inline().orElse(null))
                        .policyArns(policyArns(spec)));
        return issued.check(answer.credentials(), answer.assumedRoleUser(), spec);
    }

    private SessionCredentials withWebIdentity(SessionPlan plan, Duration timeout) {
        SessionSpec spec = plan.spec();
        AssumeRoleWithWebIdentityResponse answer = clients.unsigned(spec.region())
                .assumeRoleWithWebIdentity(request -> request.overrideConfiguration(
                                call -> call.apiCallTimeout(timeout))
                        .roleArn(spec.role().toString())
                        .roleSessionName(spec.sessionName().orElseThrow().text())
                        .webIdentityToken(plan.proof().text().reveal())
                        .durationSeconds(seconds(plan))
                        .policy(spec.policies().inline().orElse(null))
                        .policyArns(policyArns(spec)));
        return issued.check(answer.credentials(), answer.assumedRoleUser(), spec);
    }

    private SessionCredentials assumeRole(SessionPlan plan, Duration timeout) {
        if (ownCredentials.lookUp().isEmpty()) {
            throw new ExchangeFailed(new Misconfigured(Fault.OWN_CREDENTIALS_MISSING));
        }
        SessionSpec spec = plan.spec();
        AssumeRoleResponse answer = clients.signed(spec.region())
                .assumeRole(request -> request.overrideConfiguration(call -> call.apiCallTimeout(timeout))
                        .roleArn(spec.role().toString())
                        .roleSessionName(spec.sessionName().orElseThrow().text())
                        .durationSeconds(seconds(plan))
                        .sourceIdentity(
                                spec.sourceIdentity().map(Object::toString).orElse(null))
                        .externalId(spec.externalId().map(Object::toString).orElse(null))
                        .tags(tags(spec.tags()))
                        .transitiveTagKeys(transitive(spec.tags()))
                        .policy(spec.policies().inline().orElse(null))
                        .policyArns(policyArns(spec)));
        return issued.check(answer.credentials(), answer.assumedRoleUser(), spec);
    }

    /**
     * What is granted, shortened to the caller's deadline. STS takes no less than 900 seconds; where an assertion leaves
     * less, STS itself shortens the session to {@code SessionNotOnOrAfter}.
     */
    private int seconds(SessionPlan plan) {
        int planned = plan.spec().duration().seconds();
        return plan.deadline()
                .map(deadline -> Duration.between(clock.instant(), deadline.minus(SessionPlan.WAY_TO_STS))
                        .toSeconds())
                .map(left -> (int) Math.max(SessionDuration.SHORTEST.seconds(), Math.min(left, planned)))
                .orElse(planned);
    }

    private static @Nullable List<PolicyDescriptorType> policyArns(SessionSpec spec) {
        return unlessEmpty(spec.policies().managed().stream()
                .map(arn -> PolicyDescriptorType.builder().arn(arn).build())
                .toList());
    }

    private static @Nullable List<Tag> tags(SessionTags tags) {
        return unlessEmpty(tags.values().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList());
    }

    private static @Nullable List<String> transitive(SessionTags tags) {
        return unlessEmpty(List.copyOf(tags.transitive()));
    }

    /** For an empty list the SDK sends a parameter without a value, such as {@code PolicyArns=}; for none, nothing. */
    private static <T> @Nullable List<T> unlessEmpty(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
