package io.keycask.kms.core.internal.record;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;

/**
 * The random number generator of the operating system.
 *
 * <p>{@code new SecureRandom()} may be a generator inside the process, seeded once, which repeats itself in every clone of
 * a virtual machine. This one asks the operating system again and again: the JDK keeps what it got from {@code /dev/urandom} for at
 * most 100 ms.
 */
final class OperatingSystemRandom {
    private static final List<String> NAMES = List.of("NativePRNG", "Windows-PRNG");

    private OperatingSystemRandom() {}

    static SecureRandom create() {
        for (String name : NAMES) {
            try {
                return SecureRandom.getInstance(name);
            } catch (NoSuchAlgorithmException e) {
                // another operating system
            }
        }
        return new SecureRandom();
    }
}
