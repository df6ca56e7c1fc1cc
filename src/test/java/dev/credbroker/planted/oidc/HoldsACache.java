package dev.credbroker.planted.oidc;

import com.github.benmanes.caffeine.cache.Cache;

public record HoldsACache(Cache<String, String> cache) {}
