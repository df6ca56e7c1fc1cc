package dev.credbroker.saml;

import dev.credbroker.simulator.idp.SamlDraft;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A response that others have published, and what must become of it.
 *
 * @param provider whose address and key it is judged by, of {@code providers.csv}; empty if it does not come so far
 * @param moment at which it is judged
 * @param asItCame {@code GENUINE}, {@code EXPIRED} or the flaw
 * @param signedAnew the same after {@link SignedAnew}; empty where there is nothing to be signed
 */
record PublishedResponse(String file, String provider, Instant moment, String asItCame, String signedAnew) {

    static List<PublishedResponse> all() {
        return ThirdParty.table("responses.csv").stream()
                .map(row -> new PublishedResponse(
                        row.get(0), row.get(1), Instant.parse(row.get(2)), row.get(3), row.get(4)))
                .toList();
    }

    static PublishedResponse of(String file) {
        return all().stream()
                .filter(response -> response.file.equals(file))
                .findFirst()
                .orElseThrow();
    }

    PublishedResponse at(Instant other) {
        return new PublishedResponse(file, provider, other, asItCame, signedAnew);
    }

    /** As the HTTP-POST binding carries it; some were published so, some as XML. */
    String encoded() {
        String text = ThirdParty.text(file);
        return text.startsWith("<") ? SamlDraft.encode(text) : text;
    }

    byte[] octets() {
        return Base64.getMimeDecoder().decode(encoded());
    }

    /** The same without the signatures and the type {@code xs:anyType}, for {@link TrustedProvider} to sign. */
    SamlDraft anew() throws StrictXml.NotXml {
        Document document = StrictXml.parse(octets());
        withoutAnyType(document.getElementsByTagNameNS(Elements.ASSERTION, "AttributeValue"));
        return SignedAnew.of(document);
    }

    /** @param others settings that differ from its provider's, as {@link TrustedProvider#check} takes them */
    AssertionCheck check(String... others) {
        List<String> settings = address();
        certificate()
                .ifPresent(pem ->
                        settings.addAll(List.of("signing-certificates[0]", pem, "signing-certificates[1]", pem)));
        settings.addAll(List.of(others));
        return TrustedProvider.check(encoded(), moment, settings.toArray(String[]::new));
    }

    AssertionCheck checkSignedAnew() throws StrictXml.NotXml {
        return TrustedProvider.check(anew().encode(), moment, address().toArray(String[]::new));
    }

    /** Its provider's, as PEM. */
    Optional<String> certificate() {
        return row().stream()
                .skip(4)
                .filter(Predicate.not(String::isEmpty))
                .map(ThirdParty::text)
                .findFirst();
    }

    /** Of that certificate; none if there is none. */
    List<PublicKey> keys() throws UnusableMetadata {
        List<CertifiedKey> keys =
                certificate().isPresent() ? Certificates.keys(certificate().get()) : List.of();
        return keys.stream().map(CertifiedKey::key).toList();
    }

    private List<String> address() {
        List<String> settings = new ArrayList<>(List.of("signature", "response-or-assertion"));
        List<String> row = row();
        if (!row.isEmpty()) {
            settings.addAll(List.of("entity-id", row.get(1), "audiences", row.get(2), "recipients", row.get(3)));
        }
        return settings;
    }

    private List<String> row() {
        return ThirdParty.table("providers.csv").stream()
                .filter(row -> row.getFirst().equals(provider))
                .findFirst()
                .orElse(List.of());
    }

    /** All that the simulator behind {@code oktadev} sends is said to be of any type, and would be refused for that alone. */
    private static void withoutAnyType(NodeList values) {
        for (int i = 0; i < values.getLength(); i++) {
            if (values.item(i) instanceof Element value
                    && value.getAttributeNS(Elements.SCHEMA_INSTANCE, "type").equals("xs:anyType")) {
                value.removeAttributeNS(Elements.SCHEMA_INSTANCE, "type");
            }
        }
    }

    static String outcome(AssertionCheck check) {
        return switch (check) {
            case AssertionCheck.Genuine _ -> "GENUINE";
            case AssertionCheck.Expired _ -> "EXPIRED";
            case AssertionCheck.MetadataUnavailable _ -> "UNAVAILABLE";
            case AssertionCheck.Rejected rejected -> rejected.flaw().name();
        };
    }

    /** Names the case in a report. */
    @Override
    public String toString() {
        return file;
    }
}
