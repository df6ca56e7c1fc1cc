/** AWS's words as values, with AWS's limits in their constructors. No SDK, no clock. */
@NullMarked
package dev.credbroker.aws;

import org.jspecify.annotations.NullMarked;
