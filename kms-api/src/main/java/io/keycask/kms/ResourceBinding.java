package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/**
 * The fact that a service needs a key for one of its resources.
 *
 * @param service the name of the service: 1 to 32 lower-case letters, digits and hyphens, of which the first is a letter
 * @param resource what the service calls the resource: 1 to {@value #MAX_RESOURCE_LENGTH} characters
 */
public record ResourceBinding(String service, String resource) {
    /** The longest name of a resource, in characters. */
    public static final int MAX_RESOURCE_LENGTH = 255;

    /** The most bindings of one key. */
    public static final int MAX_BINDINGS = 100;

    /**
     * A binding of these parts.
     *
     * @throws InvalidRequestException if one of them has another form
     */
    public ResourceBinding {
        NewKey.requireService(service);
        requireNonNull(resource, "resource");
        if (resource.isEmpty() || resource.length() > MAX_RESOURCE_LENGTH || !Unicode.isWellFormed(resource)) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER,
                    "resource: expected 1 to " + MAX_RESOURCE_LENGTH + " characters without unpaired surrogates");
        }
    }
}
