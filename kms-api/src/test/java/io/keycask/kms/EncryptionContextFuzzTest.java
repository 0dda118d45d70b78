package io.keycask.kms;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
final class EncryptionContextFuzzTest {
    /** A context whose serialization is the input, or our exception. */
    @FuzzTest(maxDuration = "1m")
    void parse_anyBytes(byte[] bytes) {
        EncryptionContext context;
        try {
            context = EncryptionContext.parse(bytes);
        } catch (InvalidRequestException expected) {
            return;
        }
        if (!Arrays.equals(context.toBytes(), bytes)) {
            throw new AssertionError("not canonical");
        }
    }
}
