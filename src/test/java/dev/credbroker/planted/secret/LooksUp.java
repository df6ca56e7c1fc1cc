package dev.credbroker.planted.secret;

import dev.credbroker.planted.wiring.Top;

/** Uses a higher line, and closes a cycle by it. */
public record LooksUp(Top top) {}
