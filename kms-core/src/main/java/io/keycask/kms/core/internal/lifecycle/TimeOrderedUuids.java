package io.keycask.kms.core.internal.lifecycle;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes UUIDs of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits.
 *
 * <p>New rows of one time stand side by side in an index, which keeps a large store fast.
 */
final class TimeOrderedUuids {
    private static final int MILLIS_SHIFT = 16;
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_A = 0x0FFFL;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;
    private static final long RANDOM_B = 0x3FFF_FFFF_FFFF_FFFFL;

    private TimeOrderedUuids() {}

    static UUID next(Instant now, SecureRandom random) {
        long high = (now.toEpochMilli() << MILLIS_SHIFT) | VERSION_7 | (random.nextLong() & RANDOM_A);
        long low = VARIANT_2 | (random.nextLong() & RANDOM_B);
        return new UUID(high, low);
    }
}
