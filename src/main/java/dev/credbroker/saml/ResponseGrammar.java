package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.UNEXPECTED_CONTENT;
import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Which elements a response is made of, and in which order: what the schemas of SAML allow (Core 3.2.2, 3.3.3, 2.3.3),
 * less everything that no reader here needs: extensions, advice, other statements and conditions, markup inside values.
 *
 * <p>It stands in for schema validation, which would add to the document what was never signed. What lies within a {@code Signature} or
 * anything encrypted is not its business: {@link SignatureShape} judges the one, the other is refused altogether.
 */
final class ResponseGrammar {

    private static final int MANY = Integer.MAX_VALUE;

    /** A step of a sequence: so many elements, each of one of these names. */
    private record Step(Set<String> names, int fewest, int most) {}

    private sealed interface Content {

        /** Elements in this order, with nothing but white space around them. */
        record Sequence(List<Step> steps) implements Content {}

        record TextOnly() implements Content {}

        /** Judged elsewhere. */
        record Elsewhere() implements Content {}
    }

    private static final Content TEXT = new Content.TextOnly();
    private static final Content ELSEWHERE = new Content.Elsewhere();

    private static final Map<String, Content> GRAMMAR = Map.ofEntries(
            entry(
                    "samlp:Response",
                    sequence(
                            optional("saml:Issuer"),
                            optional("ds:Signature"),
                            one("samlp:Status"),
                            any("saml:Assertion", "saml:EncryptedAssertion"))),
            entry("samlp:Status", sequence(one("samlp:StatusCode"), optional("samlp:StatusMessage"))),
            entry("samlp:StatusCode", sequence(optional("samlp:StatusCode"))),
            entry("samlp:StatusMessage", TEXT),
            entry("saml:Issuer", TEXT),
            entry("ds:Signature", ELSEWHERE),
            entry("saml:EncryptedAssertion", ELSEWHERE),
            entry(
                    "saml:Assertion",
                    sequence(
                            one("saml:Issuer"),
                            optional("ds:Signature"),
                            optional("saml:Subject"),
                            optional("saml:Conditions"),
                            any("saml:AuthnStatement", "saml:AttributeStatement"))),
            entry(
                    "saml:Subject",
                    sequence(optional("saml:NameID", "saml:EncryptedID"), any("saml:SubjectConfirmation"))),
            entry("saml:NameID", TEXT),
            entry("saml:EncryptedID", ELSEWHERE),
            entry("saml:SubjectConfirmation", sequence(optional("saml:SubjectConfirmationData"))),
            entry("saml:SubjectConfirmationData", sequence()),
            entry(
                    "saml:Conditions",
                    sequence(any("saml:AudienceRestriction", "saml:OneTimeUse", "saml:ProxyRestriction"))),
            entry("saml:AudienceRestriction", sequence(some("saml:Audience"))),
            entry("saml:Audience", TEXT),
            entry("saml:OneTimeUse", sequence()),
            entry("saml:ProxyRestriction", sequence(any("saml:Audience"))),
            entry("saml:AuthnStatement", sequence(optional("saml:SubjectLocality"), one("saml:AuthnContext"))),
            entry("saml:SubjectLocality", sequence()),
            entry(
                    "saml:AuthnContext",
                    sequence(
                            optional("saml:AuthnContextClassRef"),
                            optional("saml:AuthnContextDeclRef"),
                            any("saml:AuthenticatingAuthority"))),
            entry("saml:AuthnContextClassRef", TEXT),
            entry("saml:AuthnContextDeclRef", TEXT),
            entry("saml:AuthenticatingAuthority", TEXT),
            entry("saml:AttributeStatement", sequence(some("saml:Attribute", "saml:EncryptedAttribute"))),
            entry("saml:EncryptedAttribute", ELSEWHERE),
            entry("saml:Attribute", sequence(any("saml:AttributeValue"))),
            entry("saml:AttributeValue", TEXT));

    private ResponseGrammar() {}

    /** Checks {@code element} and all below it. The depth was limited before, by {@link Census}. */
    static void check(Element element) throws FlawedAssertion {
        Content content = GRAMMAR.get(name(element));
        switch (content) {
            case null -> throw new FlawedAssertion(UNEXPECTED_CONTENT);
            case Content.Elsewhere _ -> {}
            case Content.TextOnly _ ->
                FlawedAssertion.unless(Elements.children(element).isEmpty(), UNEXPECTED_CONTENT);
            case Content.Sequence sequence -> check(element, sequence.steps());
        }
    }

    private static void check(Element element, List<Step> steps) throws FlawedAssertion {
        FlawedAssertion.unless(onlyWhiteSpace(element), UNEXPECTED_CONTENT);
        List<Element> children = Elements.children(element);
        int next = 0;
        for (Step step : steps) {
            int end = next;
            while (end < children.size() && step.names().contains(name(children.get(end)))) {
                end++;
            }
            FlawedAssertion.unless(end - next >= step.fewest() && end - next <= step.most(), UNEXPECTED_CONTENT);
            next = end;
        }
        FlawedAssertion.unless(next == children.size(), UNEXPECTED_CONTENT);
        for (Element child : children) {
            check(child);
        }
    }

    static boolean onlyWhiteSpace(Element element) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (!(child instanceof Element) && !child.getNodeValue().isBlank()) {
                return false;
            }
        }
        return true;
    }

    private static String name(Element element) {
        String namespace = element.getNamespaceURI();
        if (namespace == null) {
            return element.getLocalName();
        }
        return switch (namespace) {
            case Elements.PROTOCOL -> "samlp:" + element.getLocalName();
            case Elements.ASSERTION -> "saml:" + element.getLocalName();
            case Elements.SIGNATURE -> "ds:" + element.getLocalName();
            default -> "{" + namespace + "}" + element.getLocalName();
        };
    }

    private static Content sequence(Step... steps) {
        return new Content.Sequence(List.of(steps));
    }

    private static Step one(String name) {
        return new Step(Set.of(name), 1, 1);
    }

    private static Step optional(String... names) {
        return new Step(Set.copyOf(Arrays.asList(names)), 0, 1);
    }

    private static Step some(String... names) {
        return new Step(Set.copyOf(Arrays.asList(names)), 1, MANY);
    }

    private static Step any(String... names) {
        return new Step(Set.copyOf(Arrays.asList(names)), 0, MANY);
    }
}
