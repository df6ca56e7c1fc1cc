package dev.credbroker.sts;

import java.util.HashMap;
import java.util.Map;

/** So many calls under way at once, of which one principal has only so many: slow ones of its own take nobody's place. */
final class Places {

    private final int all;
    private final int ofOne;
    private final Map<Principal, Integer> taken = new HashMap<>();
    private int takenByAll;

    /** @param ofOne how many one principal may have */
    Places(int all, int ofOne) {
        this.all = all;
        this.ofOne = ofOne;
    }

    synchronized boolean hasRoom(Principal principal) {
        return takenByAll < all && taken.getOrDefault(principal, 0) < ofOne;
    }

    /** Takes a place, if there is one. */
    synchronized boolean take(Principal principal) {
        if (!hasRoom(principal)) {
            return false;
        }
        takenByAll++;
        taken.merge(principal, 1, Integer::sum);
        return true;
    }

    /** Of one that was taken. */
    synchronized void giveBack(Principal principal) {
        takenByAll--;
        taken.computeIfPresent(principal, (_, places) -> places == 1 ? null : places - 1);
    }

    synchronized boolean areFree() {
        return takenByAll == 0;
    }
}
