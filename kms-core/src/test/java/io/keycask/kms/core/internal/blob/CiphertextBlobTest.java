package io.keycask.kms.core.internal.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.Sealed;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The frame of a ciphertext under a customer master key, byte by byte. */
final class CiphertextBlobTest {
    private static final KeyVersionRef VERSION = new KeyVersionRef(
            new KeyId(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")), new KeyVersionId(0x0102030405060708L));

    @Test
    void toCiphertext_knownParts_hasTheFrozenBytes() {
        byte[] nonce = filled(24, 0xa0);
        byte[] rest = filled(19, 0xb0);

        Ciphertext ciphertext =
                new CiphertextBlob(VERSION, Sealed.of(CiphertextSuite.XAES_256_GCM, nonce, rest)).toCiphertext();

        assertThat(HexFormat.of().formatHex(ciphertext.toBytes()))
                .isEqualTo("0101" + "00112233445566778899aabbccddeeff" + "0102030405060708" + "a0".repeat(24)
                        + "b0".repeat(19));
    }

    @Test
    void associatedData_knownParts_hasTheFrozenBytes() {
        byte[] aad = CiphertextBlob.associatedData(VERSION, EncryptionContext.of("k", "v"));

        assertThat(HexFormat.of().formatHex(aad))
                .isEqualTo(
                        "01" + "00112233445566778899aabbccddeeff" + "0102030405060708" + "0001" + "00016b" + "000176");
    }

    @ParameterizedTest
    @EnumSource(CiphertextSuite.class)
    void parse_everySuiteAtItsShortest_returnsTheParts(CiphertextSuite suite) {
        byte[] rest = filled(suite.tagBytes() + 1, 7);
        Ciphertext ciphertext =
                new CiphertextBlob(VERSION, Sealed.of(suite, filled(suite.nonceBytes(), 3), rest)).toCiphertext();

        CiphertextBlob parsed = CiphertextBlob.parse(ciphertext);

        assertThat(parsed.version()).isEqualTo(VERSION);
        assertThat(parsed.sealed().suite()).isEqualTo(suite);
        assertThat(parsed.sealed().ciphertextAndTag()).isEqualTo(rest);
        byte[] bytes = ciphertext.toBytes();
        for (int length = 0; length < bytes.length - 1; length++) {
            Ciphertext cut = Ciphertext.copyOf(Arrays.copyOf(bytes, length));
            assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> CiphertextBlob.parse(cut));
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
