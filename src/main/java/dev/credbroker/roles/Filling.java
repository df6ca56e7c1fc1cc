package dev.credbroker.roles;

/** What comes of filling a template. */
public sealed interface Filling {

    /** The text says which value stands where: no other values make the same one. */
    record Distinct(String text) implements Filling {}

    /** Other values could make the same text, and so another person: a value holds what separates it from its neighbour. */
    record Ambiguous(String text) implements Filling {}

    /** A place has no value. */
    record Incomplete() implements Filling {}
}
