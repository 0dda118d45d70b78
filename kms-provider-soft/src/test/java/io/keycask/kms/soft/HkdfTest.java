package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HkdfTest {
    /** RFC 5869, appendix A.3: no salt, no info; the first hash of its 42 bytes. */
    @Test
    void expand_vectorWithoutSaltAndInfo_matches() {
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);

        try (Hkdf hkdf = Hkdf.extract(secret)) {
            assertThat(HexFormat.of().formatHex(hkdf.expand("", 32)))
                    .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void expand_agreesWithBouncyCastle(long seed) {
        Random random = new Random(seed);
        byte[] secret = new byte[1 + random.nextInt(64)];
        random.nextBytes(secret);
        HKDFBytesGenerator oracle = new HKDFBytesGenerator(new SHA256Digest());
        oracle.init(new HKDFParameters(secret, null, "label".getBytes(StandardCharsets.UTF_8)));
        byte[] expected = new byte[1 + random.nextInt(32)];
        oracle.generateBytes(expected, 0, expected.length);

        try (Hkdf hkdf = Hkdf.extract(secret)) {
            assertThat(hkdf.expand("label", expected.length)).isEqualTo(expected);
        }
    }

    @Test
    void expand_moreThanOneHash_isRefused() {
        try (Hkdf hkdf = Hkdf.extract(new byte[32])) {
            assertThatThrownBy(() -> hkdf.expand("label", 33)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void labels_areAllDifferent() {
        Set<String> labels = new HashSet<>(Set.of("keycask soft 1: root key id"));

        for (SealedFormat format : SealedFormat.values()) {
            assertThat(labels.add(format.label())).isTrue();
        }
    }
}
