package io.keycask.kms.core.internal.envelope;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.FileOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executor;

/** Decrypts the messages whose data keys one opener opens. */
class MessageDecryptor implements EnvelopeDecryptor {
    private final KeyOpener keys;
    private final Parallelism parallelism;

    MessageDecryptor(KeyOpener keys, Parallelism parallelism) {
        this.keys = keys;
        this.parallelism = parallelism;
    }

    @Override
    public final byte[] decrypt(byte[] message, EncryptionContext context) {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        MemoryMessage received = MemoryMessage.parse(message, 0, message.length); // before a key is used
        byte[] plaintext = new byte[received.plaintextBytes()];
        received.open(keys, context, plaintext, 0, parallelism);
        return plaintext;
    }

    @Override
    public final int decrypt(
            byte[] message, int offset, int length, byte[] plaintext, int plaintextOffset, EncryptionContext context) {
        requireNonNull(plaintext, "plaintext");
        requireNonNull(context, "context");
        int unused = checkFromIndexSize(offset, length, message.length);
        MemoryMessage received = MemoryMessage.parse(message, offset, length);
        int plaintextBytes = received.plaintextBytes();
        ArrayFrames.requireRoom(message, offset, length, plaintext, plaintextOffset, plaintextBytes);
        received.open(keys, context, plaintext, plaintextOffset, parallelism);
        return plaintextBytes;
    }

    @Override
    public final int plaintextBytes(byte[] message, int offset, int length) {
        int unused = checkFromIndexSize(offset, length, message.length);
        return MemoryMessage.parse(message, offset, length).plaintextBytes();
    }

    @Override
    public final long decrypt(InputStream message, OutputStream plaintext, EncryptionContext context)
            throws IOException {
        requireNonNull(message, "message");
        requireNonNull(plaintext, "plaintext");
        requireNonNull(context, "context");
        long total = 0;
        try (FrameReader frames = new FrameReader(message, keys, context, parallelism)) {
            for (int length = frames.next(); length >= 0; length = frames.next()) {
                plaintext.write(frames.buffer(), frames.offset(), length);
                total += length;
            }
        }
        return total;
    }

    @Override
    public final InputStream decrypting(InputStream message, EncryptionContext context) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        return new DecryptingStream(new FrameReader(message, keys, context, parallelism), message);
    }

    @Override
    public final SeekableByteChannel decrypting(SeekableByteChannel message, EncryptionContext context)
            throws IOException {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        return DecryptingChannel.open(message, keys, context);
    }

    @Override
    public final SeekableByteChannel decrypting(Path message, EncryptionContext context) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        FileChannel channel = FileChannel.open(message, StandardOpenOption.READ);
        try {
            return DecryptingChannel.open(channel, keys, context);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public final long decrypt(Path message, Path plaintext, EncryptionContext context, FileOptions options)
            throws IOException {
        requireNonNull(message, "message");
        requireNonNull(plaintext, "plaintext");
        requireNonNull(context, "context");
        requireNonNull(options, "options");
        FileTransfer decryption = (in, out, progress) -> decrypt(in, out, progress, context);
        return decryption.run(message, plaintext, options);
    }

    private long decrypt(FileChannel in, FileChannel out, Progress progress, EncryptionContext context)
            throws IOException {
        if (!parallelism.isShared(in.size())) {
            return FileTransfer.stream(in, out, progress, (from, to) -> decrypt(from, to, context));
        }
        MessageHeader header = ChannelFrames.header(in);
        if (!ChannelFrames.isSeekable(header)) {
            return FileTransfer.stream(in.position(0), out, progress, (from, to) -> decrypt(from, to, context));
        }
        try (ChannelFrames frames = ChannelFrames.open(in::read, in.size(), header, keys, context)) {
            int frameLength = frames.frameLength();
            return new FilePieces(parallelism, progress, frameLength, frames.plaintextBytes())
                    .move(() -> new MessageFileInput(frames.fork()), () -> new PlainFile(out, frameLength));
        }
    }

    @Override
    public EnvelopeDecryptor inParallel(Executor executor, int threads) {
        return new MessageDecryptor(keys, Parallelism.of(executor, threads));
    }

    @Override
    public EnvelopeDecryptor inParallel(int threads) {
        return new MessageDecryptor(keys, Parallelism.of(threads));
    }

    @Override
    public final void warmUp() {
        AesGcm.warmUp();
    }
}
