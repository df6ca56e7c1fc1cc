package dev.credbroker.saml;

import java.util.Optional;

/**
 * Whom an assertion is about (SAML Core 2.2.2, 2.2.3). Equal only if the qualifiers are equal too: a name means nothing
 * outside them.
 *
 * @param value 1 to 256 characters without controls or marks that change the direction of text; Unicode as it came
 * @param format such as {@code urn:oasis:names:tc:SAML:2.0:nameid-format:persistent}
 */
public record NameId(
        String value, Optional<String> format, Optional<String> nameQualifier, Optional<String> spNameQualifier) {}
