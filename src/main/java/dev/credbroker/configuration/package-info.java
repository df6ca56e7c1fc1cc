/** What is common to all configuration: how mistakes are told, all together, and which addresses may be talked to. */
@NullMarked
package dev.credbroker.configuration;

import org.jspecify.annotations.NullMarked;
