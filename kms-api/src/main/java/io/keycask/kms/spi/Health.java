package io.keycask.kms.spi;

import static java.util.Objects.requireNonNull;

/**
 * Whether a provider can work.
 *
 * @param isUp whether it can
 * @param detail what an operator should know, without a secret; empty when there is nothing to say
 */
public record Health(boolean isUp, String detail) {
    /** A state of health. */
    public Health {
        requireNonNull(detail, "detail");
    }

    /** Returns the answer of a provider that can work. */
    public static Health up() {
        return new Health(true, "");
    }

    /** Returns the answer of a provider that cannot work, and why. */
    public static Health down(String detail) {
        return new Health(false, detail);
    }
}
