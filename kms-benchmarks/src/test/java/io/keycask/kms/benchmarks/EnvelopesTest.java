package io.keycask.kms.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "keycask",
                "keycask-sm4",
                "keycask-streamed",
                "jdk",
                "jdk-one-shot",
                "tink-aead",
                "tink-envelope",
                "tink-streaming-4k",
                "tink-streaming-1m",
                "aws-esdk",
                "aws-esdk-cached"
            })
    void checked_ofEverySize_isReadByAnotherProgram(String impl) throws Exception {
        try (Envelope envelope = Envelopes.open(impl)) {
            for (int size : new int[] {1, 64, 4040, 4096, 65_536, 65_537, 200_000}) {
                byte[] plaintext = new byte[size];
                new Random(size).nextBytes(plaintext);

                byte[] message = envelope.checked(plaintext);
                assertThat(message).hasSizeGreaterThan(size);

                message[message.length / 2] ^= 1;
                assertThatThrownBy(() -> envelope.readElsewhere(message))
                        .as("%s bytes", size)
                        .isInstanceOf(Exception.class);
            }
        }
    }

    @Test
    void open_unknownName_isRefused() {
        assertThatThrownBy(() -> Envelopes.open("unknown"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown");
        assertThatThrownBy(() -> Peers.provider("unknown"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown");
    }
}
