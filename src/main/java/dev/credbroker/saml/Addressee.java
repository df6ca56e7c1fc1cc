package dev.credbroker.saml;

/** For whom an assertion was made. */
enum Addressee {
    AWS,
    BROKER
}
