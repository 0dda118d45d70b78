package io.keycask.kms;

import static java.util.Objects.requireNonNull;

/** The form that the names of key specs and algorithms have. */
final class AlgorithmName {
    private static final int MAX_LENGTH = 32;

    private AlgorithmName() {}

    /** Returns the name, if it is 1 to 32 upper-case letters, digits and underscores. */
    static String require(String what, String name) {
        requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > MAX_LENGTH || !name.chars().allMatch(AlgorithmName::isAllowed)) {
            throw new IllegalArgumentException(what + ": expected 1 to 32 of A-Z, 0-9 and _");
        }
        return name;
    }

    private static boolean isAllowed(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
