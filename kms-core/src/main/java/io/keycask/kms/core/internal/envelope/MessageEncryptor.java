package io.keycask.kms.core.internal.envelope;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.EncryptionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Encrypts messages under the data keys of one issuer. */
final class MessageEncryptor {
    private final MessageSealer sealer;
    private final KeyIssuer keys;

    MessageEncryptor(MessageSealer sealer, KeyIssuer keys) {
        this.sealer = sealer;
        this.keys = keys;
    }

    byte[] encrypt(byte[] plaintext, EncryptionContext context) {
        requireNonNull(plaintext, "plaintext");
        requireNonNull(context, "context");
        return sealer.seal(keys, plaintext, context);
    }

    long encrypt(InputStream plaintext, OutputStream message, EncryptionContext context) throws IOException {
        requireNonNull(plaintext, "plaintext");
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        try (FrameWriter frames = new FrameWriter(sealer.begin(keys, context), message)) {
            long total = frames.transferFrom(plaintext);
            frames.finish();
            return total;
        }
    }

    OutputStream encrypting(OutputStream message, EncryptionContext context) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        return new EncryptingStream(sealer.begin(keys, context), message);
    }
}
