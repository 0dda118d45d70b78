package io.keycask.kms.core.internal.envelope;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeEncryptor;
import io.keycask.kms.FileOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Encrypts messages under the data keys of one issuer, and decrypts those of one opener. */
abstract class MessageCipher extends MessageDecryptor implements EnvelopeEncryptor {
    private final MessageSealer sealer;
    private final KeyIssuer issuer;
    private final Parallelism parallelism;

    MessageCipher(MessageSealer sealer, KeyIssuer issuer, KeyOpener opener, Parallelism parallelism) {
        super(opener, parallelism);
        this.sealer = sealer;
        this.issuer = issuer;
        this.parallelism = parallelism;
    }

    @Override
    public final byte[] encrypt(byte[] plaintext, EncryptionContext context) {
        requireNonNull(plaintext, "plaintext");
        requireNonNull(context, "context");
        return sealer.seal(issuer, plaintext, context, parallelism);
    }

    @Override
    public final int encrypt(
            byte[] plaintext, int offset, int length, byte[] message, int messageOffset, EncryptionContext context) {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        int unused = checkFromIndexSize(offset, length, plaintext.length);
        return sealer.seal(issuer, plaintext, offset, length, message, messageOffset, context, parallelism);
    }

    @Override
    public final long messageBytes(long plaintextBytes, EncryptionContext context) {
        requireNonNull(context, "context");
        if (plaintextBytes < 0) {
            throw new IllegalArgumentException("plaintext of " + plaintextBytes + " bytes");
        }
        return sealer.messageBytes(issuer, plaintextBytes, context);
    }

    @Override
    public final long encrypt(InputStream plaintext, OutputStream message, EncryptionContext context)
            throws IOException {
        requireNonNull(plaintext, "plaintext");
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        try (FrameWriter frames = new FrameWriter(sealer.begin(issuer, context), message, parallelism)) {
            long total = frames.transferFrom(plaintext);
            frames.finish();
            return total;
        }
    }

    @Override
    public final OutputStream encrypting(OutputStream message, EncryptionContext context) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        return new EncryptingStream(sealer.begin(issuer, context), message, parallelism);
    }

    @Override
    public final long encrypt(Path plaintext, Path message, EncryptionContext context, FileOptions options)
            throws IOException {
        requireNonNull(plaintext, "plaintext");
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        requireNonNull(options, "options");
        FileTransfer encryption = (in, out, progress) -> encrypt(in, out, progress, context);
        return encryption.run(plaintext, message, options);
    }

    private long encrypt(FileChannel in, FileChannel out, Progress progress, EncryptionContext context)
            throws IOException {
        long size = in.size();
        if (!parallelism.isShared(size)) {
            return FileTransfer.stream(in, out, progress, (from, to) -> encrypt(from, to, context));
        }
        try (NewMessage message = begin(size, context)) {
            int frameLength = message.layout().frameLength();
            return encrypt(() -> new PlainFile(in, frameLength), size, message, out, progress);
        }
    }

    /** Begins a message of a plaintext of this length. */
    final NewMessage begin(long plaintextBytes, EncryptionContext context) {
        return sealer.begin(issuer, plaintextBytes, context);
    }

    /** Encrypts plaintext that any thread can read into the file of a message. */
    final long encrypt(
            Supplier<? extends FilePieces.Input> plaintext,
            long plaintextBytes,
            NewMessage message,
            FileChannel out,
            Progress progress)
            throws IOException {
        PlainFile.writeFully(out, message.header(), message.header().length, 0);
        return new FilePieces(parallelism, progress, message.layout().frameLength(), plaintextBytes)
                .move(plaintext, () -> new MessageFileOutput(out, message, plaintextBytes));
    }
}
