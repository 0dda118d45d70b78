package io.keycask.kms;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether and when a customer master key is rotated.
 *
 * @param enabled whether the key is rotated by period
 * @param periodDays the period in days, 7 to 365; 0 when the key is not rotated by period
 * @param last when the key was rotated last, by period or on demand
 * @param next when it is rotated next
 */
public record RotationStatus(boolean enabled, int periodDays, Optional<Instant> last, Optional<Instant> next) {
    /** The shortest period. */
    public static final int MIN_PERIOD_DAYS = 7;

    /** The longest period, and the one that is taken when none is named. */
    public static final int MAX_PERIOD_DAYS = 365;
}
