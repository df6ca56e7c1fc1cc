package dev.credbroker.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An example in a document, between fences.
 *
 * @param verdict the line above it, which says whether it is run
 */
public record Snippet(String verdict, String language, String text) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^(?:(\\S[^\\n]*)\\n\\n)?```([a-z]+)\\n(.*?)^```$");

    public static List<Snippet> of(Path document) {
        return FENCE.matcher(Yaml.text(document))
                .results()
                .map(found -> new Snippet(String.valueOf(found.group(1)), found.group(2), found.group(3)))
                .toList();
    }

    public boolean run() {
        return verdict.equals("*Run.*");
    }

    boolean saysWhetherItIsRun() {
        return run() || verdict.matches("\\*(Not run( here)?|Run by hand, with .+)\\.\\*");
    }

    @Override
    public String toString() {
        return language + ": " + text.lines().findFirst().orElse("");
    }
}
