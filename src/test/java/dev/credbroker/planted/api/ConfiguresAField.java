package dev.credbroker.planted.api;

import org.eclipse.microprofile.config.inject.ConfigProperty;

public class ConfiguresAField {

    @ConfigProperty(name = "broker.planted")
    String property = "";
}
