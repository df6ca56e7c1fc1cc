package dev.credbroker.saml;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Other ways to write the same character, which canonicalization undoes: the signature stays good, and so must the text. */
public enum Spelling {
    CDATA(character -> "<![CDATA[" + character + "]]>"),
    DECIMAL(character -> "&#" + character.codePointAt(0) + ";"),
    HEXADECIMAL(character -> "&#x" + Integer.toHexString(character.codePointAt(0)) + ";");

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final UnaryOperator<String> write;

    Spelling(UnaryOperator<String> write) {
        this.write = write;
    }

    /** Writes the third character of each such element's text so. */
    public String in(String element, String xml) {
        return Pattern.compile("(<saml:%s[^>]*>[^<]{2})([^<])".formatted(element))
                .matcher(xml)
                .replaceAll((MatchResult found) -> found.group(1) + write.apply(found.group(2)));
    }
}
