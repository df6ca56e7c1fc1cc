package dev.credbroker.planted.stray;

/** Lies on no line. */
public final class Stray {}
