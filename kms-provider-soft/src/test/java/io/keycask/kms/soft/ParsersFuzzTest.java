package io.keycask.kms.soft;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keycask.kms.ProviderException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Every parser of bytes that come from outside: a value that serializes to the input, or our exception. */
@Tag("fuzz")
final class ParsersFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void rootKeyFile_anyBytes(byte[] bytes) {
        RootKeyFile.parse(bytes).ifPresent(key -> requireSame(RootKeyFile.serialize(key), bytes));
        // behind a checksum that is right, which a fuzzer would hardly find
        byte[] checked = CheckedText.withChecksum(bytes);
        RootKeyFile.parse(checked).ifPresent(key -> requireSame(RootKeyFile.serialize(key), checked));
    }

    @FuzzTest(maxDuration = "1m")
    void passphraseParameters_anyBytes(byte[] bytes) {
        Argon2Parameters.parse(bytes).ifPresent(parameters -> requireSame(parameters.serialize(), bytes));
        byte[] checked = CheckedText.withChecksum(bytes);
        Argon2Parameters.parse(checked).ifPresent(parameters -> requireSame(parameters.serialize(), checked));
    }

    @FuzzTest(maxDuration = "1m")
    void sealedToken_anyBytes(byte[] bytes) {
        for (SealedFormat format : SealedFormat.values()) {
            try {
                SealedToken token = SealedToken.parse(format, bytes, "token");
                requireSame(
                        SealedToken.serialize(format, token.rootKeyId(), token.nonce(), token.ciphertextAndTag()),
                        bytes);
            } catch (ProviderException expected) {
                // not a token
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void open_anyBytes(byte[] bytes) {
        try (RootKeyRing ring = new RootKeyRing(Samples.rootKey(0), List.of())) {
            ring.open(SealedFormat.STATE, Belonging.of("fuzz"), bytes, "state");
            throw new AssertionError("forged");
        } catch (ProviderException expected) {
            // nobody sealed this
        }
    }

    private static void requireSame(byte[] serialized, byte[] input) {
        if (!Arrays.equals(serialized, input)) {
            throw new AssertionError("not canonical");
        }
    }
}
