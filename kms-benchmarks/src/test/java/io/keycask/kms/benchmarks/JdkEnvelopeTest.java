package io.keycask.kms.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JdkEnvelopeTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65_535, 65_536, 65_537, 131_072, 200_000})
    void decrypt_whateverWasEncrypted_returnsIt(int size) throws Exception {
        byte[] plaintext = new byte[size];
        Arrays.fill(plaintext, (byte) 7);
        try (JdkEnvelope envelope = new JdkEnvelope(new byte[] {1, 2, 3})) {
            byte[] message = envelope.encrypt(plaintext);

            assertThat(envelope.decrypt(message)).isEqualTo(plaintext);
            assertThat(envelope.readElsewhere(message)).isEqualTo(plaintext);
        }
    }
}
