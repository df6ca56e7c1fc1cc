/** The Helm chart, linted and rendered by Helm itself, and judged by the models of what reads it. */
@NullMarked
package dev.credbroker.helm;

import org.jspecify.annotations.NullMarked;
