package dev.credbroker.aws;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tags of a session, and which of them pass on to sessions chained from it.
 *
 * @param values at most 50; keys of 1 to 128 and values of 0 to 256 characters of {@code [\p{L}\p{Z}\p{N}_.:/=+\-@]},
 *     keys unique whatever their case and never beginning with {@code aws:}
 * @param transitive keys out of {@code values}
 */
public record SessionTags(SortedMap<String, String> values, SortedSet<String> transitive) {

    public static final SessionTags NONE = new SessionTags(new TreeMap<>(), new TreeSet<>());

    private static final int MOST = 50;
    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

    public SessionTags {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        transitive = Collections.unmodifiableSortedSet(new TreeSet<>(transitive));
        if (values.size() > MOST) {
            throw new IllegalArgumentException("a session has at most 50 tags");
        }
        values.keySet().forEach(SessionTags::checkKey);
        if (!values.values().stream().allMatch(SessionTags::fitsValue)) {
            throw new IllegalArgumentException(
                    "a tag's value is at most 256 letters, digits, spaces and _ . : / = + - @");
        }
        if (lowerCase(values.keySet()).size() < values.size()) {
            throw new IllegalArgumentException("two tags have the same key, since AWS ignores case in keys");
        }
        if (!values.keySet().containsAll(transitive)) {
            throw new IllegalArgumentException("a transitive tag is not among the tags");
        }
    }

    public static SessionTags of(Map<String, String> values, Set<String> transitive) {
        return new SessionTags(new TreeMap<>(values), new TreeSet<>(transitive));
    }

    public static boolean fitsValue(String value) {
        return VALUE.matcher(value).matches();
    }

    /** @throws IllegalArgumentException if {@code key} can be no tag's key */
    public static String checkKey(String key) {
        if (!KEY.matcher(key).matches() || key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw new IllegalArgumentException(
                    "a tag's key is 1 to 128 letters, digits, spaces and _ . : / = + - @, and does not begin with aws:");
        }
        return key;
    }

    private static Set<String> lowerCase(Set<String> keys) {
        return keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
