package dev.credbroker.planted.api;

import jakarta.inject.Inject;

public class InjectsAField {

    @Inject
    Object dependency;
}
