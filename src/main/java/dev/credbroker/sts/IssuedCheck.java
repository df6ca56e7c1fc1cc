package dev.credbroker.sts;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.SessionSpec;
import dev.credbroker.sts.ExchangeFailure.Fault;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Is what came back what was asked for? The very role, the very session, and credentials that have not ended. */
final class IssuedCheck {

    /** The assumed-role ARN drops the role's path (IAM identifiers: {@code arn:P:sts::ACCOUNT:assumed-role/NAME/SESSION}). */
    private static final Pattern ASSUMED_ROLE =
            Pattern.compile("arn:([a-z-]+):sts::([0-9]{12}):assumed-role/([^/]+)/([^/]+)");

    private final InstantSource clock;

    IssuedCheck(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws ExchangeFailed if it is not */
    SessionCredentials check(@Nullable Credentials issued, @Nullable AssumedRoleUser user, SessionSpec asked) {
        if (issued == null || user == null || user.arn() == null || !isComplete(issued) || !isOf(asked, user.arn())) {
            throw new ExchangeFailed(new Misconfigured(Fault.WRONG_ANSWER));
        }
        Instant expiration = issued.expiration().truncatedTo(ChronoUnit.SECONDS);
        if (!expiration.isAfter(clock.instant())) {
            throw new ExchangeFailed(new Misconfigured(Fault.WRONG_ANSWER));
        }
        return new SessionCredentials(
                issued.accessKeyId(),
                Secret.of(issued.secretAccessKey()),
                Secret.of(issued.sessionToken()),
                expiration,
                asked.role().account());
    }

    private static boolean isComplete(Credentials issued) {
        return present(issued.accessKeyId())
                && present(issued.secretAccessKey())
                && present(issued.sessionToken())
                && issued.expiration() != null;
    }

    private static boolean present(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    /** The session's name tells somebody else's answer from ours, whatever has mixed them up on the way. */
    private static boolean isOf(SessionSpec asked, String assumed) {
        RoleArn role = asked.role();
        Matcher parts = ASSUMED_ROLE.matcher(assumed);
        return parts.matches()
                && parts.group(1).equals(role.partition().id())
                && parts.group(2).equals(role.account())
                && parts.group(3).equals(role.name())
                && asked.sessionName()
                        .filter(name -> !name.text().equals(parts.group(4)))
                        .isEmpty();
    }
}
