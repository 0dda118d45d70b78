package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.WrappingAlgorithm;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.core.internal.store.Store.Purpose;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * The token that goes out with import parameters and comes back with the material ({@code docs/formats.md} §7.5).
 *
 * @param keyId the key that the material is for
 * @param wrappingKey the key pair that the material is encrypted to
 * @param algorithm how it is encrypted
 * @param validTo when the key pair ceases to be of use, in whole milliseconds
 */
record ImportToken(KeyId keyId, UUID wrappingKey, WrappingAlgorithm algorithm, Instant validTo) {
    private static final byte FORMAT = 1;
    private static final int BODY_BYTES = 1 + 2 * 16 + 1 + Long.BYTES;
    private static final int MAC_BYTES = 32;

    /** The length of every token of this format. */
    static final int BYTES = BODY_BYTES + MAC_BYTES;

    byte[] toBytes(Store store) {
        byte[] body = body();
        return ByteBuffer.allocate(BYTES)
                .put(body)
                .put(store.mac(Purpose.IMPORT_TOKEN, body))
                .array();
    }

    private byte[] body() {
        return ByteBuffer.allocate(BODY_BYTES)
                .put(FORMAT)
                .putLong(keyId.value().getMostSignificantBits())
                .putLong(keyId.value().getLeastSignificantBits())
                .putLong(wrappingKey.getMostSignificantBits())
                .putLong(wrappingKey.getLeastSignificantBits())
                .put((byte) algorithm.id())
                .putLong(validTo.toEpochMilli())
                .array();
    }

    /** Returns the token of these bytes, if this store made it for this key; nothing of it is believed before that. */
    static ImportToken parse(byte[] bytes, KeyId keyId, Store store) {
        // IMP-1
        if (bytes.length != BYTES || bytes[0] != FORMAT) {
            throw refused();
        }
        byte[] body = Arrays.copyOf(bytes, BODY_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, BODY_BYTES, BYTES);
        if (!MessageDigest.isEqual(store.mac(Purpose.IMPORT_TOKEN, body), mac)) {
            throw refused();
        }
        ByteBuffer in = ByteBuffer.wrap(body, 1, BODY_BYTES - 1);
        KeyId madeFor = new KeyId(new UUID(in.getLong(), in.getLong()));
        UUID wrappingKey = new UUID(in.getLong(), in.getLong());
        int algorithm = in.get();
        if (!madeFor.equals(keyId)) {
            throw refused();
        }
        return new ImportToken(
                madeFor,
                wrappingKey,
                Arrays.stream(WrappingAlgorithm.values())
                        .filter(known -> known.id() == algorithm)
                        .findFirst()
                        .orElseThrow(ImportToken::refused),
                Instant.ofEpochMilli(in.getLong()));
    }

    private static InvalidRequestException refused() {
        return new InvalidRequestException(ErrorCode.INVALID_PARAMETER, "not an import token of this key");
    }
}
