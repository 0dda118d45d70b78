package io.keycask.kms.core.internal.envelope;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.FileOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Decrypts the messages whose data keys one opener opens. */
final class MessageDecryptor implements EnvelopeDecryptor {
    private final KeyOpener keys;

    MessageDecryptor(KeyOpener keys) {
        this.keys = keys;
    }

    @Override
    public byte[] decrypt(byte[] message, EncryptionContext context) {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        return MessageOpener.open(message, keys, context);
    }

    @Override
    public long decrypt(InputStream message, OutputStream plaintext, EncryptionContext context) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(plaintext, "plaintext");
        requireNonNull(context, "context");
        long total = 0;
        try (FrameReader frames = new FrameReader(message, keys, context)) {
            for (int length = frames.next(); length >= 0; length = frames.next()) {
                plaintext.write(frames.buffer(), frames.offset(), length);
                total += length;
            }
        }
        return total;
    }

    @Override
    public InputStream decrypting(InputStream message, EncryptionContext context) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        return new DecryptingStream(new FrameReader(message, keys, context), message);
    }

    @Override
    public long decrypt(Path message, Path plaintext, EncryptionContext context, FileOptions options)
            throws IOException {
        requireNonNull(message, "message");
        requireNonNull(plaintext, "plaintext");
        requireNonNull(context, "context");
        requireNonNull(options, "options");
        FileTransfer decryption = (in, out) -> decrypt(in, out, context);
        return decryption.run(message, plaintext, options);
    }
}
