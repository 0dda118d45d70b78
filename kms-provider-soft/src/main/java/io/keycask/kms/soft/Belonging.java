package io.keycask.kms.soft;

import io.keycask.kms.KeySpec;
import io.keycask.kms.spi.KeyVersionRef;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What a sealed secret belongs to, as bytes that are authenticated with it (SOFT-3, SOFT-4, SOFT-11). */
final class Belonging {
    private static final int UUID_BYTES = 16;

    private Belonging() {}

    /** A key version: {@code key id (16) || version id (8) || spec}; only the last part varies in length. */
    static byte[] of(KeySpec spec, KeyVersionRef version) {
        byte[] specName = spec.name().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(UUID_BYTES + Long.BYTES + specName.length)
                .putLong(version.keyId().value().getMostSignificantBits())
                .putLong(version.keyId().value().getLeastSignificantBits())
                .putLong(version.versionId().value())
                .put(specName)
                .array();
    }

    /** A wrapping key pair. */
    static byte[] of(UUID id) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** A purpose of the engine. */
    static byte[] of(String purpose) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(purpose));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("purpose has an unpaired surrogate", e);
        }
    }
}
