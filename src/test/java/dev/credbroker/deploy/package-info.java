/** What lies under {@code deploy}, and the documents that speak of it, checked against the program and against the tools that will read it. */
@org.jspecify.annotations.NullMarked
package dev.credbroker.deploy;
