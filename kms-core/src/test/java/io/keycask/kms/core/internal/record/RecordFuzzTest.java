package io.keycask.kms.core.internal.record;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.RecordCipher;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
final class RecordFuzzTest {
    /** Nobody sealed these bytes: our exception, and nothing written. */
    @FuzzTest(maxDuration = "1m")
    void decrypt_anyBytes(byte[] bytes) {
        decrypt(bytes, 32);
        decrypt(bytes, 16);
    }

    private static void decrypt(byte[] bytes, int keyBytes) {
        byte[] value = new byte[bytes.length];
        try (RecordCipher cipher = Fixture.standard(Fixture.bytes(keyBytes, 1))) {
            cipher.decrypt(bytes, 0, bytes.length, Fixture.PLACE, value, 0);
            throw new AssertionError("forged");
        } catch (DecryptionException expected) {
            if (!Arrays.equals(value, new byte[bytes.length])) {
                throw new AssertionError("written");
            }
        }
    }

    /** A value that is as long as the record says and comes back from the record that is made of it. */
    @FuzzTest(maxDuration = "1m")
    void encrypt_anyBytes(byte[] bytes) {
        encrypt(bytes, 32);
        encrypt(bytes, 16);
    }

    private static void encrypt(byte[] bytes, int keyBytes) {
        try (RecordCipher cipher = Fixture.standard(Fixture.bytes(keyBytes, 1))) {
            byte[] record = cipher.encrypt(bytes, bytes.length > 64 ? Fixture.PLACE : bytes);
            if (!Arrays.equals(cipher.decrypt(record, bytes.length > 64 ? Fixture.PLACE : bytes), bytes)) {
                throw new AssertionError("another value");
            }
        }
    }
}
