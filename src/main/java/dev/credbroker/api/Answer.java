package dev.credbroker.api;

import java.util.Map;

/** A response whole, for whichever layer sends it; never compared, and its body never changed. */
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, Map<String, String> headers, byte[] body) {}
