package dev.credbroker.configuration;

/**
 * One mistake in the configuration.
 *
 * @param property the property as the operator wrote it, such as {@code broker.roles.deployer.max-duration}
 * @param advice what is wrong and what to write instead; it may quote the value, so secrets are never parsed through here
 */
public record Finding(String property, String advice) {

    @Override
    public String toString() {
        return property + ": " + advice;
    }
}
