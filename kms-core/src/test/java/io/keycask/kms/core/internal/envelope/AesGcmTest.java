package io.keycask.kms.core.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The work in steps against the JDK in one call; the first cases run in a young JVM, the last ones do not. */
final class AesGcmTest {
    private static final byte[] KEY = Fixture.plaintext(32);
    private static final byte[] NONCE = Fixture.plaintext(12);
    private static final byte[] AAD = Fixture.plaintext(77);

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(
            ints = {
                0, 1, 15, 16, 17, 1_023, 1_024, 1_025, 16_384, 65_535, 65_536, 65_537, 5_000_011, 8_388_608, 1_025,
                65_536, 65_537, 81_921, 1_000_003
            })
    void sealAndOpen_anySize_equalOneCallOfTheJdk(int size) throws GeneralSecurityException {
        byte[] plaintext = Fixture.plaintext(size);
        byte[] expected = jdk(plaintext);
        byte[] sealed = new byte[size + 3 + FrameAead.TAG_BYTES];
        byte[] opened = new byte[size + 5];

        try (FrameAead aead = AesGcm.of(KEY)) {
            aead.seal(NONCE, AAD, plaintext, 0, size, sealed, 3);
            aead.open(NONCE, AAD, sealed, 3, size, opened, 5);
            aead.open(NONCE, AAD, sealed, 3, size, sealed, 3);
        }

        assertThat(Arrays.equals(opened, 5, size + 5, plaintext, 0, size)).isTrue();
        assertThat(Arrays.equals(sealed, 3, size + 3, plaintext, 0, size)).isTrue();
        try (FrameAead aead = AesGcm.of(KEY)) {
            aead.seal(NONCE, AAD, sealed, 3, size, sealed, 3);
        }
        assertThat(Arrays.equals(sealed, 3, sealed.length, expected, 0, expected.length))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1_000, 65_536, 70_001, 10_000_000, 70_001})
    void open_anythingElse_isRejected(int size) throws GeneralSecurityException {
        byte[] sealed = jdk(Fixture.plaintext(size));
        byte[] opened = new byte[size];

        try (FrameAead aead = AesGcm.of(KEY)) {
            assertThatThrownBy(() -> aead.open(NONCE, new byte[77], sealed, 0, size, opened, 0))
                    .isInstanceOf(DecryptionException.class);
            assertThatThrownBy(() -> aead.open(new byte[12], AAD, sealed, 0, size, opened, 0))
                    .isInstanceOf(DecryptionException.class);
            for (int at : new int[] {0, size / 2, size, size + FrameAead.TAG_BYTES - 1}) {
                sealed[at] ^= 1;
                assertThatThrownBy(() -> aead.open(NONCE, AAD, sealed, 0, size, opened, 0))
                        .isInstanceOf(DecryptionException.class);
                sealed[at] ^= 1;
            }
            aead.open(NONCE, AAD, sealed, 0, size, opened, 0);
        }
    }

    @Test
    void warmUp_again_changesNoResult() throws GeneralSecurityException {
        AesGcm.warmUp();
        Fixture.standard().decryptor.warmUp();
        byte[] sealed = new byte[70_001 + FrameAead.TAG_BYTES];

        try (FrameAead aead = AesGcm.of(KEY)) {
            aead.seal(NONCE, AAD, Fixture.plaintext(70_001), 0, 70_001, sealed, 0);
        }

        assertThat(sealed).isEqualTo(jdk(Fixture.plaintext(70_001)));
    }

    @Test
    void closedCipher_refusesWork() {
        FrameAead aead = AesGcm.of(KEY);
        aead.close();
        aead.close();

        assertThatThrownBy(() -> aead.seal(NONCE, AAD, KEY, 0, 0, new byte[16], 0))
                .isInstanceOf(IllegalStateException.class);
    }

    private static byte[] jdk(byte[] plaintext) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, NONCE));
        cipher.updateAAD(AAD);
        return cipher.doFinal(plaintext);
    }
}
