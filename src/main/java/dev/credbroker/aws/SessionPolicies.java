package dev.credbroker.aws;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What narrows a session below its role. Absent means the whole role; an <em>empty</em> policy is no policy at all and
 * cannot be built, since STS would grant the whole role for it.
 *
 * @param inline a policy document of 1 to 2048 characters, as JSON text
 * @param managed ARNs of at most 10 managed policies, in the order of the configuration
 */
public record SessionPolicies(Optional<String> inline, List<String> managed) {

    public static final SessionPolicies NONE = new SessionPolicies(Optional.empty(), List.of());

    private static final int LONGEST_INLINE = 2048;
    private static final int MOST_MANAGED = 10;
    private static final Pattern CHARACTERS = Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9_+=,.@/-]{1,512}");

    public SessionPolicies {
        managed = List.copyOf(managed);
        inline.ifPresent(SessionPolicies::checkInline);
        if (managed.size() > MOST_MANAGED) {
            throw new IllegalArgumentException("a session takes at most 10 managed policies");
        }
        managed.forEach(SessionPolicies::checkArn);
    }

    /** @throws IllegalArgumentException if {@code arn} is not the ARN of a managed policy */
    public static String checkArn(String arn) {
        if (!ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException(
                    "not a policy ARN such as arn:aws:iam::aws:policy/ReadOnlyAccess: " + arn);
        }
        return arn;
    }

    private static void checkInline(String policy) {
        if (policy.isBlank()
                || policy.length() > LONGEST_INLINE
                || !CHARACTERS.matcher(policy).matches()) {
            throw new IllegalArgumentException("an inline policy is 1 to 2048 characters of U+0009, A, D, 20 to FF");
        }
    }
}
