package dev.credbroker.oidc;

/** Fetches an issuer's key set; its address too, each time, since that may move. */
record HttpKeySource(HttpGet http, KeysLocation location, KeySetReader reader) implements KeySource {

    @Override
    public FetchedKeys fetch() throws KeysFetchException {
        HttpGet.Answer answer = http.get(location.find(http));
        return new FetchedKeys(reader.read(answer.body()), answer.maxAge());
    }

    @Override
    public void close() {
        http.close();
    }
}
