package io.keycask.kms.soft;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What many tests need. */
final class Samples {
    static final KeyVersionRef VERSION = new KeyVersionRef(
            new KeyId(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")), new KeyVersionId(0x0123456789abcdefL));
    static final KeyVersionRef OTHER_VERSION = new KeyVersionRef(VERSION.keyId(), new KeyVersionId(1));
    static final byte[] PLAINTEXT = "plaintext".getBytes(StandardCharsets.UTF_8);
    static final byte[] AAD = "aad".getBytes(StandardCharsets.UTF_8);

    private Samples() {}

    /** Returns the bytes first, first + 1, … */
    static byte[] bytesFrom(int first, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    static RootKey rootKey(int first) {
        return RootKey.of(bytesFrom(first, 32));
    }

    static SoftProvider provider(int first) {
        return SoftProvider.sealedBy(rootKey(first));
    }

    static KeyHandle newKey(SoftProvider provider) {
        return provider.create(KeySpec.AES_256, VERSION);
    }

    static KeyHandle handle(byte[] token) {
        return KeyHandle.of(KeySpec.AES_256, VERSION, token);
    }

    static SecretBytes secret() {
        return SecretBytes.copyOf(bytesFrom(100, 32));
    }
}
