package dev.credbroker.session;

import dev.credbroker.aws.RoleSessionName;
import dev.credbroker.secret.Sha256;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes a session name out of any text, so that two people never share one.
 *
 * <p>A text that fits is the name. One that does not is rewritten: what AWS does not take becomes {@code _}, and the
 * name ends in {@code =} and ten characters of SHA-256 over issuer and subject. A text that already looks like that is
 * rewritten too, or somebody could be called what somebody else's name becomes; and so is one that other values of its
 * template could have made.
 */
final class SessionNames {

    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_+=,.@-]");
    private static final Pattern SUFFIX = Pattern.compile("=[A-Za-z0-9_-]{10}");
    private static final int DIGITS = 10;
    private static final int LONGEST_KEPT = RoleSessionName.LONGEST - DIGITS - 1;

    private SessionNames() {}

    static RoleSessionName fit(String text, String issuer, List<String> subject) {
        if (RoleSessionName.fits(text) && !looksRewritten(text)) {
            return new RoleSessionName(text);
        }
        return rewritten(text, issuer, subject);
    }

    private static boolean looksRewritten(String name) {
        int suffix = name.length() - DIGITS - 1;
        return suffix >= 0
                && name.charAt(suffix) == '='
                && SUFFIX.matcher(name).region(suffix, name.length()).matches();
    }

    static RoleSessionName rewritten(String text, String issuer, List<String> subject) {
        String clean = FOREIGN.matcher(text).replaceAll("_");
        String kept = clean.substring(0, Math.min(clean.length(), LONGEST_KEPT));
        return new RoleSessionName(kept + '=' + digits(issuer, subject));
    }

    /** Both are written with their lengths, so that no issuer can run over into a subject. */
    private static String digits(String issuer, List<String> subject) {
        StringBuilder text = new StringBuilder();
        text.append(issuer.length()).append(':').append(issuer);
        subject.forEach(part -> text.append(part.length()).append(':').append(part));
        byte[] digest = Sha256.begin().digest(Utf16.bytes(text));
        return Base64.getUrlEncoder().encodeToString(digest).substring(0, DIGITS);
    }
}
