/** Is this assertion genuine? The only package that knows XML. */
@NullMarked
package dev.credbroker.saml;

import org.jspecify.annotations.NullMarked;
