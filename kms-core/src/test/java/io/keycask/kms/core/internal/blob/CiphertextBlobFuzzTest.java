package io.keycask.kms.core.internal.blob;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.InvalidRequestException;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
final class CiphertextBlobFuzzTest {
    /** Parts that make the same bytes again, or our exception. */
    @FuzzTest(maxDuration = "1m")
    void parse_anyBytes(byte[] bytes) {
        Ciphertext again;
        try {
            again = CiphertextBlob.parse(Ciphertext.copyOf(bytes)).toCiphertext();
        } catch (DecryptionException | InvalidRequestException expected) {
            return;
        }
        if (!again.equals(Ciphertext.copyOf(bytes))) {
            throw new AssertionError("not the same bytes");
        }
    }
}
