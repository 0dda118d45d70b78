package io.keycask.kms.core.internal.asymmetric;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.KeySpec;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
final class AsymmetricFuzzTest {
    /** What parses is written as the same bytes again. */
    @FuzzTest(maxDuration = "30s")
    void signature_anyBytes(byte[] bytes) {
        CurveSignature.parse(bytes, Curve.P384).ifPresent(signature -> requireSame(bytes, signature.toDer()));
    }

    /** What parses is written as the same bytes again, or it is our exception. */
    @FuzzTest(maxDuration = "30s")
    void sm2Ciphertext_anyBytes(byte[] bytes) {
        byte[] raw;
        try {
            raw = Sm2Ciphertext.parse(bytes);
        } catch (DecryptionException expected) {
            return;
        }
        requireSame(bytes, Sm2Ciphertext.encode(raw));
    }

    /** A public key or none, for every spec. */
    @FuzzTest(maxDuration = "30s")
    void publicKey_anyBytes(byte[] bytes) {
        for (KeySpec spec : new KeySpec[] {KeySpec.RSA_2048, KeySpec.EC_P256, KeySpec.EC_P384, KeySpec.SM2}) {
            if (PublicHalf.parse(spec, bytes).isPresent() && bytes.length < 91) {
                throw new AssertionError("too short for a public key");
            }
        }
    }

    private static void requireSame(byte[] found, byte[] written) {
        if (!Arrays.equals(found, written)) {
            throw new AssertionError("not the same bytes");
        }
    }
}
