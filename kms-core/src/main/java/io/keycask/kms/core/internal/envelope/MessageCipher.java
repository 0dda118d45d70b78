package io.keycask.kms.core.internal.envelope;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeEncryptor;
import io.keycask.kms.FileOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

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
        try (FrameWriter frames = new FrameWriter(sealer.begin(issuer, context), message)) {
            long total = frames.transferFrom(plaintext);
            frames.finish();
            return total;
        }
    }

    @Override
    public final OutputStream encrypting(OutputStream message, EncryptionContext context) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        return new EncryptingStream(sealer.begin(issuer, context), message);
    }

    @Override
    public final long encrypt(Path plaintext, Path message, EncryptionContext context, FileOptions options)
            throws IOException {
        requireNonNull(plaintext, "plaintext");
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        requireNonNull(options, "options");
        FileTransfer encryption = (in, out) -> encrypt(in, out, context);
        return encryption.run(plaintext, message, options);
    }
}
