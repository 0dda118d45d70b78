package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One kind of key that can be created.
 *
 * @param usage what such keys may be used for
 * @param spec what they are made of
 * @param algorithms the names of the algorithms that they are used with, in alphabetical order
 */
public record KeyOffer(KeyUsage usage, KeySpec spec, List<String> algorithms) {
    /** An offer of these parts. */
    public KeyOffer {
        requireNonNull(usage, "usage");
        requireNonNull(spec, "spec");
        algorithms = List.copyOf(algorithms);
    }
}
