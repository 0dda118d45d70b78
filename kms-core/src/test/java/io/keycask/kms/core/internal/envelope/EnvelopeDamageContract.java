package io.keycask.kms.core.internal.envelope;

import static io.keycask.kms.core.internal.envelope.Fixture.CONTEXT;
import static io.keycask.kms.core.internal.envelope.Fixture.FRAME_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.DecryptionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exhaustive damage: no altered message is accepted, in memory or as a stream, and none says more than "rejected". */
abstract class EnvelopeDamageContract {
    private static final int REGULAR = FrameLayout.REGULAR_PREFIX_BYTES + FRAME_LENGTH + FrameAead.TAG_BYTES;

    private final Fixture fixture;

    EnvelopeDamageContract(AlgorithmSuite suite) {
        this.fixture = Fixture.of(suite, FRAME_LENGTH, 5);
    }

    static IntStream sizes() {
        return IntStream.of(0, 1, FRAME_LENGTH, 2 * FRAME_LENGTH + 8);
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void decrypt_anyBitFlipped_isRejected(int size) {
        byte[] message = fixture.encrypt(size);

        for (int bit = 0; bit < message.length * 8; bit++) {
            byte[] damaged = message.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRejected(damaged, "bit " + bit);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void decrypt_cutAtAnyLength_isRejected(int size) {
        byte[] message = fixture.encrypt(size);

        for (int length = 0; length < message.length; length++) {
            assertRejected(Arrays.copyOf(message, length), "cut at " + length);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void decrypt_anyByteRemovedOrDoubled_isRejected(int size) {
        byte[] message = fixture.encrypt(size);

        for (int at = 0; at < message.length; at++) {
            byte[] end = Arrays.copyOfRange(message, at, message.length);
            assertRejected(concat(Arrays.copyOf(message, at), Arrays.copyOfRange(end, 1, end.length)), "without " + at);
            assertRejected(concat(Arrays.copyOf(message, at + 1), end), "doubled " + at);
        }
    }

    @Test
    void decrypt_anyByteAppended_isRejected() {
        byte[] message = fixture.encrypt(40);

        for (int value = 0; value < 256; value++) {
            assertRejected(concat(message, new byte[] {(byte) value}), "appended " + value);
        }
        assertRejected(concat(message, message), "twice");
    }

    @Test
    void decrypt_anyTwoFieldsSwapped_isRejected() {
        byte[] message = fixture.encrypt(FRAME_LENGTH + 1);
        int[] fields = fieldsOf(HeaderParser.parse(message), message.length);

        for (int one = 0; one < fields.length - 2; one++) {
            for (int other = one + 1; other < fields.length - 1; other++) {
                byte[] swapped = swapped(message, fields[one], fields[one + 1], fields[other], fields[other + 1]);
                if (!Arrays.equals(swapped, message)) {
                    assertRejected(swapped, "fields " + one + " and " + other);
                }
            }
        }
    }

    /** Returns where the fields of a message of two frames start, and where the last one ends. */
    private static int[] fieldsOf(MessageHeader header, int end) {
        EncryptedDataKey entry = header.dataKeys().get(0);
        int[] lengths = {
            1,
            2,
            32,
            2,
            header.context().toBytes().length,
            2,
            2,
            entry.providerId().length,
            2,
            entry.providerInfo().length,
            2,
            entry.ciphertext().length,
            1,
            4,
            32,
            16, // header
            4,
            12,
            FRAME_LENGTH,
            16, // regular frame
            4,
            4,
            12,
            4,
            1,
            16 // final frame
        };
        Arrays.parallelPrefix(lengths, Integer::sum);
        int[] fields = new int[lengths.length + 1];
        System.arraycopy(lengths, 0, fields, 1, lengths.length);
        assertThat(fields[lengths.length]).isEqualTo(end);
        return fields;
    }

    private static byte[] swapped(byte[] bytes, int oneStart, int oneEnd, int otherStart, int otherEnd) {
        byte[] before = Arrays.copyOf(bytes, oneStart);
        byte[] one = Arrays.copyOfRange(bytes, oneStart, oneEnd);
        byte[] between = Arrays.copyOfRange(bytes, oneEnd, otherStart);
        byte[] other = Arrays.copyOfRange(bytes, otherStart, otherEnd);
        byte[] after = Arrays.copyOfRange(bytes, otherEnd, bytes.length);
        return concat(before, concat(other, concat(between, concat(one, after))));
    }

    @Test
    void decrypt_framesSwapped_isRejected() {
        byte[] message = fixture.encrypt(3 * FRAME_LENGTH + 8);
        int body = HeaderParser.parse(message).size();
        byte[] swapped = message.clone();
        System.arraycopy(message, body, swapped, body + REGULAR, REGULAR);
        System.arraycopy(message, body + REGULAR, swapped, body, REGULAR);

        assertRejected(swapped, "as they are");
        BigEndian.putInt(swapped, body, 1);
        BigEndian.putInt(swapped, body + REGULAR, 2);
        assertRejected(swapped, "numbered anew");
    }

    @Test
    void decrypt_frameLeftOutOrRepeated_isRejected() {
        byte[] message = fixture.encrypt(3 * FRAME_LENGTH + 8);
        int body = HeaderParser.parse(message).size();
        byte[] head = Arrays.copyOf(message, body);
        byte[] first = Arrays.copyOfRange(message, body, body + REGULAR);
        byte[] rest = Arrays.copyOfRange(message, body + REGULAR, message.length);
        byte[] last = Arrays.copyOfRange(message, body + 3 * REGULAR, message.length);

        assertRejected(concat(head, rest), "without the first");
        assertRejected(concat(head, concat(first, concat(first, rest))), "with the first twice");
        assertRejected(concat(head, last), "only the last");
        assertRejected(concat(head, first), "only the first");
    }

    @Test
    void decrypt_regularFrameMadeFinal_isRejected() {
        byte[] message = fixture.encrypt(2 * FRAME_LENGTH);
        int body = HeaderParser.parse(message).size();
        byte[] marker = new byte[8];
        BigEndian.putInt(marker, 0, FrameLayout.FINAL_MARKER);
        BigEndian.putInt(marker, 4, 1);
        byte[] length = new byte[4];
        BigEndian.putInt(length, 0, FRAME_LENGTH);
        byte[] nonce = Arrays.copyOfRange(message, body + 4, body + 16);
        byte[] content = Arrays.copyOfRange(message, body + 16, body + REGULAR);

        byte[] forged = concat(Arrays.copyOf(message, body), concat(marker, concat(nonce, concat(length, content))));

        assertRejected(forged, "first frame as the final one");
    }

    @Test
    void decrypt_headerOfOneAndBodyOfAnother_isRejected() {
        byte[] one = fixture.encrypt(40);
        byte[] other = fixture.encrypt(40);
        int body = HeaderParser.parse(one).size();

        byte[] mixed = concat(Arrays.copyOf(one, body), Arrays.copyOfRange(other, body, other.length));

        assertRejected(mixed, "mixed");
    }

    @Test
    void decrypt_fieldsOfAnotherMessage_areRejected() {
        byte[] one = fixture.encrypt(40);
        byte[] other = fixture.encrypt(40);

        for (int start = 0; start < one.length; start += 4) {
            byte[] mixed = one.clone();
            int length = Math.min(16, one.length - start);
            System.arraycopy(other, start, mixed, start, length);
            if (!Arrays.equals(mixed, one)) {
                assertRejected(mixed, "bytes from " + start);
            }
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, FRAME_LENGTH, 40})
    void decrypt_stream_releasesOnlyAnAuthenticBeginning(int size) throws IOException {
        byte[] plaintext = Fixture.plaintext(size);
        byte[] message = fixture.encrypt(size);

        for (int at = 0; at < message.length; at++) {
            byte[] damaged = message.clone();
            damaged[at] ^= 1;
            ByteArrayOutputStream released = new ByteArrayOutputStream();
            assertThatThrownBy(() -> fixture.decryptor.decrypt(new ByteArrayInputStream(damaged), released, CONTEXT))
                    .isInstanceOf(DecryptionException.class);
            assertThat(released.toByteArray()).isEqualTo(Arrays.copyOf(plaintext, released.size()));
            assertThat(released.size()).isLessThanOrEqualTo(Math.max(0, size - 1));
        }
    }

    private void assertRejected(byte[] damaged, String how) {
        assertThatThrownBy(() -> fixture.decryptor.decrypt(damaged, CONTEXT))
                .as("in memory, %s", how)
                .isExactlyInstanceOf(DecryptionException.class)
                .hasMessage(new DecryptionException().getMessage());
        assertThatThrownBy(() -> fixture.decryptor.decrypt(
                        new ByteArrayInputStream(damaged), new ByteArrayOutputStream(), CONTEXT))
                .as("stream, %s", how)
                .isExactlyInstanceOf(DecryptionException.class);
        byte[] array = new byte[damaged.length + 2];
        array[0] = 1;
        assertThatThrownBy(() -> fixture.decryptor.decrypt(damaged, 0, damaged.length, array, 1, CONTEXT))
                .as("into an array, %s", how)
                .isExactlyInstanceOf(DecryptionException.class);
        array[0] = 0;
        assertThat(array).as("into an array, %s", how).containsOnly(0);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
