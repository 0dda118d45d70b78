package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * The identifier of a customer master key, given at its creation and never used again.
 *
 * @param value the identifier as a UUID
 */
public record KeyId(UUID value) implements Comparable<KeyId> {
    private static final int TEXT_LENGTH = 36;

    /** An identifier of this value. */
    public KeyId {
        requireNonNull(value, "value");
    }

    /**
     * Returns the identifier that this text names.
     *
     * @param text the 36 characters of {@link #toString()}
     * @throws InvalidRequestException with {@link ErrorCode#INVALID_KEY_ID} if the text is not a key id
     */
    public static KeyId parse(String text) {
        requireNonNull(text, "text");
        if (text.length() == TEXT_LENGTH) {
            try {
                UUID value = UUID.fromString(text);
                if (value.toString().equalsIgnoreCase(text)) {
                    return new KeyId(value);
                }
            } catch (IllegalArgumentException e) {
                // reported below, like every other text that is not a key id
            }
        }
        throw new InvalidRequestException(
                ErrorCode.INVALID_KEY_ID, "not a key id: expected the 36 characters of a UUID");
    }

    @Override
    public int compareTo(KeyId other) {
        return toString().compareTo(other.toString());
    }

    /** Returns the 36 characters of the UUID in lower case. */
    @Override
    public String toString() {
        return value.toString();
    }
}
