package dev.credbroker.planted.broker;

import software.amazon.awssdk.services.sts.StsClient;

public record CallsAws(StsClient client) {}
