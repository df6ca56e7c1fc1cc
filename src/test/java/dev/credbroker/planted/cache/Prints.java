package dev.credbroker.planted.cache;

public final class Prints {

    public void print() {
        System.out.println("printed");
    }
}
