package io.keycask.kms.core.internal.datakey;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.SecretBytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hands out data keys, numbered in the order in which they were made, and remembers them. */
final class FakeProvider {
    static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    private final List<DataKey> made = new CopyOnWriteArrayList<>();

    static KeyId key(int number) {
        return new KeyId(new UUID(0, number));
    }

    static IssuedFor issue(int key) {
        return new IssuedFor("root", List.of(key(key)), new KeyVersionId(1), 32, CONTEXT);
    }

    static OpenedFor opening(int key, int wrapped) {
        return new OpenedFor("root", key(key), ciphertext(wrapped), CONTEXT);
    }

    static Ciphertext ciphertext(int number) {
        return Ciphertext.copyOf(
                ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    synchronized DataKey make() {
        int number = made.size();
        byte[] secret = ByteBuffer.allocate(32).putInt(number).array();
        DataKey dataKey = DataKey.of(key(0), SecretBytes.takeFrom(secret), ciphertext(number));
        made.add(dataKey);
        return dataKey;
    }

    /** Returns how often the provider was called. */
    int calls() {
        return made.size();
    }

    /** Returns whether the data key of this number, as the cache got it, is wiped. */
    boolean isWiped(int number) {
        try {
            return made.get(number).<Boolean, RuntimeException>use(bytes -> false);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Returns the number of a data key, by its secret. */
    static int numberOf(DataKey dataKey) {
        return dataKey.<Integer, RuntimeException>use(
                bytes -> ByteBuffer.wrap(bytes).getInt());
    }
}
