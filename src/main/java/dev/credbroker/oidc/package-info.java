/** Is this JWT genuine? The issuers that are trusted, their keys, and the gate that a token passes. */
@NullMarked
package dev.credbroker.oidc;

import org.jspecify.annotations.NullMarked;
