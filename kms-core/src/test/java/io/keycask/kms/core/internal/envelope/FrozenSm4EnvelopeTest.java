package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of suite 0xF178 that an independent program wrote (Python with pyca/cryptography), and what they have to say for
 * ever.
 */
final class FrozenSm4EnvelopeTest {
    private static final Pattern VECTOR =
            Pattern.compile("\"comment\": \"(.*)\",\\s*\"result\": \"(\\w+)\",\\s*\"dataKey\": \"(\\w+)\",\\s*"
                    + "\"plaintext\": \"(\\w*)\",\\s*\"message\": \"(\\w+)\"");

    record Vector(String comment, boolean isValid, String dataKey, String plaintext, String message) {
        byte[] open() {
            return new MessageDecryptor(opener(), Parallelism.NONE)
                    .decrypt(HexFormat.of().parseHex(message), CONTEXT);
        }

        private KeyOpener opener() {
            return new KeyOpener() {
                @Override
                public <T> T open(MessageHeader header, Function<byte[], T> action) {
                    return action.apply(HexFormat.of().parseHex(dataKey));
                }
            };
        }

        @Override
        public String toString() {
            return comment;
        }
    }

    static Stream<Vector> vectors() {
        try (InputStream in = FrozenSm4EnvelopeTest.class.getResourceAsStream("/vectors/envelope-f178.json")) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return VECTOR.matcher(json)
                    .results()
                    .map(vector -> new Vector(
                            vector.group(1),
                            vector.group(2).equals("valid"),
                            vector.group(3),
                            vector.group(4),
                            vector.group(5)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void file_isComplete() {
        assertThat(vectors()).hasSize(5);
        assertThat(vectors().filter(Vector::isValid)).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void message_opensAsItAlwaysDid(Vector vector) {
        if (vector.isValid()) {
            assertThat(vector.open()).isEqualTo(HexFormat.of().parseHex(vector.plaintext()));
        } else {
            assertThatThrownBy(vector::open).isExactlyInstanceOf(DecryptionException.class);
        }
    }
}
