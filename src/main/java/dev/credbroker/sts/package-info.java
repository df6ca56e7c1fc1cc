/** The only place that knows the AWS SDK: three exchanges, one classification of what can go wrong. */
@NullMarked
package dev.credbroker.sts;

import org.jspecify.annotations.NullMarked;
