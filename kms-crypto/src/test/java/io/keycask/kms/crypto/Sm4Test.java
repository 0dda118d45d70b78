package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class Sm4Test {
    private static final byte[] EXAMPLE = HexFormat.of().parseHex("0123456789abcdeffedcba9876543210");

    /** GB/T 32907-2016, A.1. */
    @Test
    void example1_oneBlock_matches() {
        byte[] block = EXAMPLE.clone();
        try (Sm4 sm4 = Sm4.of(EXAMPLE)) {
            sm4.encryptBlocks(block, 0, 16, block, 0);

            assertThat(block).asHexString().isEqualTo("681EDF34D206965E86B3E94F536E4246");

            sm4.decryptBlocks(block, 0, 16, block, 0);
            assertThat(block).isEqualTo(EXAMPLE);
        }
    }

    /** GB/T 32907-2016, A.2. */
    @Test
    @Tag("soak")
    void example2_oneMillionTimes_matches() {
        byte[] block = EXAMPLE.clone();
        try (Sm4 sm4 = Sm4.of(EXAMPLE)) {
            for (int i = 0; i < 1_000_000; i++) {
                sm4.encryptBlocks(block, 0, 16, block, 0);
            }
        }

        assertThat(block).asHexString().isEqualTo("595298C7C6FD271F0402F804C33D3F66");
    }

    @Test
    void encryptBlocks_anyNumber_equalsBouncyCastle() {
        Random random = new Random(32907);
        for (int blocks = 0; blocks <= 50; blocks++) {
            byte[] key = AeadKeyContract.bytes(random, 16);
            byte[] in = AeadKeyContract.bytes(random, 16 * blocks);
            byte[] expected = new byte[in.length];
            SM4Engine engine = new SM4Engine();
            engine.init(true, new KeyParameter(key));
            for (int i = 0; i < in.length; i += 16) {
                engine.processBlock(in, i, expected, i);
            }
            byte[] out = new byte[in.length];
            try (Sm4 sm4 = Sm4.of(key)) {
                sm4.encryptBlocks(in, 0, in.length, out, 0);
                assertThat(out).isEqualTo(expected);

                sm4.decryptBlocks(out, 0, out.length, out, 0);
                assertThat(out).isEqualTo(in);
            }
        }
    }

    @Test
    void encryptBlocks_wrongArguments_isRefused() {
        Sm4 sm4 = Sm4.of(EXAMPLE);
        byte[] block = new byte[16];

        assertThatThrownBy(() -> Sm4.of(new byte[15])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sm4.encryptBlocks(block, 0, 15, block, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sm4.encryptBlocks(block, 0, 32, block, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        sm4.close();
        assertThatThrownBy(() -> sm4.encryptBlocks(block, 0, 16, block, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sm4.decryptBlocks(block, 0, 16, block, 0)).isInstanceOf(IllegalStateException.class);
    }
}
