package dev.credbroker.simulator.sts;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who a verified web identity token speaks of.
 *
 * @param audience the registered one among those of the token
 */
record WebIdentity(String issuer, String subject, String audience, JsonNode claims) {}
