package io.keycask.kms.core.internal.envelope;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.LimitExceededException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Whatever the bytes, a message is opened or rejected by one of our exceptions; it starts from the frozen messages. */
@Tag("fuzz")
final class MessageFuzzTest {
    // An invalid one may be altered into a valid one.
    private static final List<FrozenMessage> FROZEN =
            FrozenMessage.all().stream().filter(FrozenMessage::isValid).toList();

    @FuzzTest(maxDuration = "1m")
    void header_anyBytes(byte[] bytes) {
        MessageHeader header;
        try {
            header = HeaderParser.parse(bytes);
        } catch (DecryptionException expected) {
            return;
        }
        if (header.size() > bytes.length || header.size() > MessageHeader.MAX_BYTES) {
            throw new AssertionError("a header of " + header.size() + " bytes out of " + bytes.length);
        }
        if (!Arrays.equals(header.bytes(), Arrays.copyOf(bytes, header.bytes().length))) {
            throw new AssertionError("not the same bytes");
        }
    }

    /** Alters a frozen message, whose data key is known, so that the work goes beyond the header. */
    @FuzzTest(maxDuration = "1m")
    void message_altered(FuzzedDataProvider data) throws IOException {
        FrozenMessage frozen = FROZEN.get(data.consumeInt(0, FROZEN.size() - 1));
        byte[] original = frozen.message();
        int start = data.consumeInt(0, original.length);
        int end = data.consumeInt(start, original.length);
        byte[] inserted = data.consumeRemainingAsBytes();
        byte[] message = Arrays.copyOf(original, start + inserted.length + original.length - end);
        System.arraycopy(inserted, 0, message, start, inserted.length);
        System.arraycopy(original, end, message, start + inserted.length, original.length - end);

        boolean unchanged = Arrays.equals(message, original);
        if (open(frozen, message) && !unchanged) {
            throw new AssertionError("accepted an altered message");
        }
        if (stream(frozen, message) && !unchanged) {
            throw new AssertionError("accepted an altered stream");
        }
        if (seek(frozen, message) && !unchanged) {
            throw new AssertionError("accepted an altered channel");
        }
    }

    private static boolean open(FrozenMessage frozen, byte[] message) {
        EnvelopeDecryptor decryptor = new MessageDecryptor(frozen.keys(), Parallelism.NONE);
        try {
            return decryptor.decrypt(message, frozen.context()) != null;
        } catch (DecryptionException expected) {
            return false;
        }
    }

    private static boolean seek(FrozenMessage frozen, byte[] message) throws IOException {
        EnvelopeDecryptor decryptor = new MessageDecryptor(frozen.keys(), Parallelism.NONE);
        try (SeekableByteChannel channel = decryptor.decrypting(new MemoryChannel(message), frozen.context())) {
            ByteBuffer target = ByteBuffer.allocate(message.length);
            long size = channel.size();
            while (channel.read(target) >= 0) {
                target.clear();
            }
            return size == channel.position();
        } catch (DecryptionException | InvalidRequestException expected) {
            return false;
        }
    }

    private static boolean stream(FrozenMessage frozen, byte[] message) throws IOException {
        EnvelopeDecryptor decryptor = new MessageDecryptor(frozen.keys(), Parallelism.NONE);
        try {
            long unused =
                    decryptor.decrypt(new ByteArrayInputStream(message), new ByteArrayOutputStream(), frozen.context());
            return true;
        } catch (DecryptionException | LimitExceededException expected) {
            return false;
        }
    }
}
