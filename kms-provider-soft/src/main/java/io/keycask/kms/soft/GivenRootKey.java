package io.keycask.kms.soft;

import io.keycask.kms.SecretBytes;
import java.util.Optional;

/** A root key that the caller holds and hands over as bytes. */
final class GivenRootKey implements RootKeySource {
    private final SecretBytes bytes;

    private GivenRootKey(SecretBytes bytes) {
        this.bytes = bytes;
    }

    static GivenRootKey copyOf(byte[] bytes) {
        if (bytes.length != SealingKeys.ROOT_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "root key is " + bytes.length + " bytes; expected " + SealingKeys.ROOT_KEY_BYTES);
        }
        return new GivenRootKey(SecretBytes.copyOf(bytes));
    }

    @Override
    public Optional<byte[]> find() {
        return Optional.of(bytes.copy());
    }

    @Override
    public byte[] findOrCreate() {
        return bytes.copy();
    }

    @Override
    public void close() {
        bytes.close();
    }

    @Override
    public String toString() {
        return "the given root key";
    }
}
