package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The test vectors of C2SP XAES-256-GCM, "Test vectors" and "Accumulated randomized tests". */
final class Xaes256GcmVectorsTest {
    private static final byte[] NONCE = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
    private static final byte[] PLAINTEXT = ascii("XAES-256-GCM");

    @Test
    void vector_msbOfLIsClear_matches() throws Exception {
        assertVector((byte) 0x01, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
    }

    @Test
    void vector_msbOfLIsSet_matches() throws Exception {
        assertVector((byte) 0x03, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
    }

    @Test
    void accumulated_10000Messages_matches() throws Exception {
        assertThat(accumulate(10_000)).isEqualTo("e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
    }

    @Test
    @Tag("soak")
    void accumulated_1000000Messages_matches() throws Exception {
        assertThat(accumulate(1_000_000)).isEqualTo("2163ae1445985a30b60585ee67daa55674df06901b890593e824b8a7c885ab15");
    }

    private static void assertVector(byte keyByte, String aad, String expected) throws Exception {
        byte[] keyBytes = new byte[Xaes256Gcm.KEY_BYTES];
        Arrays.fill(keyBytes, keyByte);

        try (Xaes256Gcm key = Xaes256Gcm.of(keyBytes)) {
            byte[] sealed = key.seal(NONCE, ascii(aad), PLAINTEXT);

            assertThat(HexFormat.of().formatHex(sealed)).isEqualTo(expected);
            assertThat(key.open(NONCE, ascii(aad), sealed)).isEqualTo(PLAINTEXT);
        }
    }

    private static String accumulate(int messages) throws Exception {
        SHAKEDigest random = new SHAKEDigest(128);
        SHAKEDigest hash = new SHAKEDigest(128);
        for (int i = 0; i < messages; i++) {
            byte[] keyBytes = read(random, Xaes256Gcm.KEY_BYTES);
            byte[] nonce = read(random, Xaes256Gcm.NONCE_BYTES);
            byte[] plaintext = read(random, read(random, 1)[0] & 0xff);
            byte[] aad = read(random, read(random, 1)[0] & 0xff);
            try (Xaes256Gcm key = Xaes256Gcm.of(keyBytes)) {
                byte[] sealed = key.seal(nonce, aad, plaintext);
                assertThat(key.open(nonce, aad, sealed)).isEqualTo(plaintext);
                hash.update(sealed, 0, sealed.length);
            }
        }
        byte[] result = new byte[32];
        hash.doOutput(result, 0, result.length);
        return HexFormat.of().formatHex(result);
    }

    private static byte[] read(SHAKEDigest stream, int length) {
        byte[] bytes = new byte[length];
        stream.doOutput(bytes, 0, length);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
