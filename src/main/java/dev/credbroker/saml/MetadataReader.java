package dev.credbroker.saml;

import static dev.credbroker.saml.Elements.METADATA;
import static dev.credbroker.saml.Elements.SIGNATURE;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * Reads what SAML metadata says of one identity provider (SAML Metadata 2.3, 2.4).
 *
 * <p>All or nothing: where one signing certificate cannot be read, or is weak, none of them counts. What is left of
 * half-read metadata is how other verifiers came to trust nothing in particular.
 */
final class MetadataReader {

    private static final int DEEPEST_GROUP = 8;

    private record Descriptor(Element entity, List<Element> ancestry) {}

    private MetadataReader() {}

    /**
     * @param entityId whose keys are wanted; absent if the document describes one provider only
     * @param now at which it must be valid
     */
    static IdpMetadata read(byte[] document, Optional<String> entityId, Instant now) throws UnusableMetadata {
        try {
            return described(document, entityId, now);
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnusableMetadata(MetadataFailure.NOT_METADATA); // Whatever the parser or the nesting did.
        }
    }

    private static IdpMetadata described(byte[] document, Optional<String> entityId, Instant now)
            throws UnusableMetadata {
        Descriptor descriptor = theOnly(descriptors(root(document)), entityId);
        Element role = idpRoles(descriptor.entity()).findFirst().orElseThrow();
        IdpMetadata metadata = new IdpMetadata(
                Elements.attribute(descriptor.entity(), "entityID").orElseThrow(),
                keys(role),
                earliest(descriptor, role));
        if (metadata.expired(now)) {
            throw new UnusableMetadata(MetadataFailure.EXPIRED);
        }
        return metadata;
    }

    private static Element root(byte[] document) throws UnusableMetadata {
        try {
            return StrictXml.parse(withoutByteOrderMark(document)).getDocumentElement();
        } catch (StrictXml.NotXml e) {
            throw new UnusableMetadata(MetadataFailure.NOT_METADATA);
        }
    }

    /** ADFS writes one. */
    private static byte[] withoutByteOrderMark(byte[] document) {
        boolean marked = document.length >= 3
                && document[0] == (byte) 0xEF
                && document[1] == (byte) 0xBB
                && document[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(document, 3, document.length) : document;
    }

    /** Every identity provider in the document, which is one entity, or groups of them. */
    private static List<Descriptor> descriptors(Element root) throws UnusableMetadata {
        List<Descriptor> found = new ArrayList<>();
        Deque<List<Element>> open = new ArrayDeque<>();
        open.add(List.of(root));
        while (!open.isEmpty()) {
            List<Element> ancestry = open.remove();
            Element element = ancestry.getLast();
            if (Elements.is(element, METADATA, "EntityDescriptor")) {
                idpRoles(element).findFirst().ifPresent(role -> found.add(new Descriptor(element, ancestry)));
            } else if (Elements.is(element, METADATA, "EntitiesDescriptor") && ancestry.size() <= DEEPEST_GROUP) {
                Elements.children(element).forEach(child -> open.add(with(ancestry, child)));
            } else if (ancestry.size() == 1) {
                throw new UnusableMetadata(MetadataFailure.NOT_METADATA);
            }
        }
        return found;
    }

    private static List<Element> with(List<Element> ancestry, Element child) {
        return Stream.concat(ancestry.stream(), Stream.of(child)).toList();
    }

    private static Stream<Element> idpRoles(Element entity) {
        return Elements.children(entity, METADATA, "IDPSSODescriptor")
                .filter(role -> Elements.attribute(role, "protocolSupportEnumeration")
                        .filter(protocols ->
                                List.of(protocols.strip().split("\\s+")).contains(Elements.PROTOCOL))
                        .isPresent());
    }

    private static Descriptor theOnly(List<Descriptor> descriptors, Optional<String> entityId) throws UnusableMetadata {
        List<Descriptor> wanted = descriptors.stream()
                .filter(descriptor -> Elements.attribute(descriptor.entity(), "entityID")
                        .filter(id -> !id.isBlank() && entityId.map(id::equals).orElse(true))
                        .isPresent())
                .toList();
        if (wanted.size() != 1 || idpRoles(wanted.getFirst().entity()).count() != 1) {
            throw new UnusableMetadata(MetadataFailure.OTHER_ENTITY);
        }
        return wanted.getFirst();
    }

    private static Optional<Instant> earliest(Descriptor descriptor, Element role) throws UnusableMetadata {
        Optional<Instant> earliest = Optional.empty();
        for (Element element : with(descriptor.ancestry(), role)) {
            Optional<Instant> end = validUntil(element);
            if (end.isPresent() && (earliest.isEmpty() || end.get().isBefore(earliest.get()))) {
                earliest = end;
            }
        }
        return earliest;
    }

    private static Optional<Instant> validUntil(Element element) throws UnusableMetadata {
        Optional<String> text = Elements.attribute(element, "validUntil");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> end = SamlTime.parse(text.get());
        if (end.isEmpty()) {
            throw new UnusableMetadata(MetadataFailure.NOT_METADATA);
        }
        return end;
    }

    /** Keys for signing; a {@code KeyDescriptor} without {@code use} serves both purposes (Metadata 2.4.1.1). */
    private static List<CertifiedKey> keys(Element role) throws UnusableMetadata {
        List<CertifiedKey> keys = new ArrayList<>();
        for (Element key : Elements.children(role, METADATA, "KeyDescriptor").toList()) {
            if (Elements.attribute(key, "use").orElse("signing").equals("signing")) {
                keys.addAll(certified(key));
            }
        }
        return Certificates.few(keys);
    }

    private static List<CertifiedKey> certified(Element keyDescriptor) throws UnusableMetadata {
        List<CertifiedKey> keys = new ArrayList<>();
        List<Element> certificates = Elements.children(keyDescriptor, SIGNATURE, "KeyInfo")
                .flatMap(info -> Elements.children(info, SIGNATURE, "X509Data"))
                .flatMap(data -> Elements.children(data, SIGNATURE, "X509Certificate"))
                .toList();
        for (Element certificate : certificates) {
            keys.addAll(Certificates.keys(decoded(certificate.getTextContent())));
        }
        return keys;
    }

    private static byte[] decoded(String certificate) throws UnusableMetadata {
        try {
            return Base64.getDecoder().decode(certificate.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new UnusableMetadata(MetadataFailure.UNPARSABLE_CERTIFICATE);
        }
    }
}
