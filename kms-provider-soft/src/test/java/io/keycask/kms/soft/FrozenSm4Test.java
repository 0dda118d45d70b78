package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.KmsException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.soft.Vectors.Frozen;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token and a ciphertext of an SM4 key look like, for ever. */
final class FrozenSm4Test {
    static Stream<Frozen> vectors() {
        return Vectors.objects("sm4-1.json").stream();
    }

    static Stream<Frozen> validVectors() {
        return vectors().filter(Frozen::isValid);
    }

    @Test
    void file_isComplete() {
        assertThat(vectors()).hasSize(6);
        assertThat(validVectors()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void ciphertext_opensAsItAlwaysDid(Frozen vector) {
        try (SoftProvider provider = SoftProvider.sealedBy(RootKey.of(vector.hex("rootKey")))) {
            if (vector.isValid()) {
                assertThat(open(provider, vector)).isEqualTo(vector.hex("plaintext"));
            } else {
                assertThatThrownBy(() -> open(provider, vector)).isInstanceOf(KmsException.class);
            }
        }
    }

    private static byte[] open(SoftProvider provider, Frozen vector) {
        KeyVersionRef version =
                new KeyVersionRef(KeyId.parse(vector.text("keyId")), KeyVersionId.parse(vector.text("versionId")));
        KeyHandle key = KeyHandle.of(KeySpec.of(vector.text("spec")), version, vector.hex("sealed"));
        Sealed sealed = Sealed.of(CiphertextSuite.SM4_GCM_HKDF_SM3, vector.hex("nonce"), vector.hex("ciphertext"));
        try (SecretBytes plaintext = provider.decrypt(key, sealed, vector.hex("aad"))) {
            return plaintext.copy();
        }
    }

    @ParameterizedTest
    @MethodSource("validVectors")
    void ciphertext_isWhatBouncyCastleComputes(Frozen vector) throws Exception {
        byte[] nonce = vector.hex("nonce");
        byte[] plaintext = vector.hex("plaintext");
        KeyParameter key = new KeyParameter(prefixKey(vector.hex("secret"), Arrays.copyOf(nonce, 12)));
        GCMModeCipher gcm = GCMBlockCipher.newInstance(new SM4Engine());
        gcm.init(true, new AEADParameters(key, 128, Arrays.copyOfRange(nonce, 12, 24), vector.hex("aad")));

        byte[] ciphertext = new byte[gcm.getOutputSize(plaintext.length)];
        int written = gcm.processBytes(plaintext, 0, plaintext.length, ciphertext, 0);
        gcm.doFinal(ciphertext, written);

        assertThat(vector.hex("ciphertext")).isEqualTo(ciphertext);
    }

    private static byte[] prefixKey(byte[] key, byte[] prefix) {
        byte[] label = "keycask sm4-gcm 1: prefix key".getBytes(StandardCharsets.US_ASCII);
        byte[] info = Arrays.copyOf(label, label.length + prefix.length);
        System.arraycopy(prefix, 0, info, label.length, prefix.length);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SM3Digest());
        hkdf.init(new HKDFParameters(key, new byte[0], info));
        byte[] derived = new byte[16];
        hkdf.generateBytes(derived, 0, derived.length);
        return derived;
    }
}
