package dev.credbroker.planted.secret;

/** What everybody may use. */
public final class Ground {}
