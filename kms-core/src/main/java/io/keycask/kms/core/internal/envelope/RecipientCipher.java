package io.keycask.kms.core.internal.envelope;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.DetachedEnvelope;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.FileOptions;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.SymmetricCmk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The envelope cipher of one customer master key, the first recipient, and of others that can open its messages too.
 *
 * <p>Rewrapping opens messages of any key, everything else only those of the first recipient. It decrypts and encrypts
 * anew, under a data key that no other message has: a header is never written twice for one data key (see {@link
 * MessageSealer}).
 */
final class RecipientCipher extends MessageCipher implements EnvelopeCipher {
    private final DataKeySource source;
    private final MessageSealer sealer;
    private final List<KeyId> recipients;
    private final Parallelism parallelism;
    private final KeyOpener anyKeyOpener;
    private final KeyIssuer freshKeys;
    private final EnvelopeDecryptor anyKeyDecryptor;

    RecipientCipher(DataKeySource source, MessageSealer sealer, List<KeyId> recipients, Parallelism parallelism) {
        super(
                sealer,
                new RecipientKeys(source, recipients),
                RecipientKeyOpener.withKey(source, recipients.get(0)),
                parallelism);
        this.source = source;
        this.sealer = sealer;
        this.recipients = recipients;
        this.parallelism = parallelism;
        this.anyKeyOpener = RecipientKeyOpener.withAnyKey(source);
        this.anyKeyDecryptor = new MessageDecryptor(anyKeyOpener, parallelism);
        this.freshKeys = new RecipientKeys(source, recipients).fresh();
    }

    @Override
    public byte[] rewrap(byte[] message, EncryptionContext context) {
        byte[] plaintext = anyKeyDecryptor.decrypt(message, context);
        try {
            return sealer.seal(freshKeys, plaintext, context, parallelism);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    @Override
    public int rewrap(
            byte[] message, int offset, int length, byte[] rewrapped, int rewrappedOffset, EncryptionContext context) {
        byte[] plaintext = new byte[anyKeyDecryptor.plaintextBytes(message, offset, length)];
        try {
            int plaintextBytes = anyKeyDecryptor.decrypt(message, offset, length, plaintext, 0, context);
            return sealer.seal(
                    freshKeys, plaintext, 0, plaintextBytes, rewrapped, rewrappedOffset, context, parallelism);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    @Override
    public long rewrap(InputStream message, OutputStream rewrapped, EncryptionContext context) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(rewrapped, "rewrapped");
        InputStream unclosed = new UnclosedInput(message);
        try (InputStream plaintext = anyKeyDecryptor.decrypting(unclosed, context)) {
            return encrypt(plaintext, rewrapped, context);
        }
    }

    @Override
    public long rewrap(Path message, EncryptionContext context, FileOptions options) throws IOException {
        requireNonNull(message, "message");
        requireNonNull(context, "context");
        requireNonNull(options, "options");
        FileTransfer rewrapping = (in, out, progress) -> rewrap(in, out, progress, context);
        return rewrapping.runInPlace(message, options);
    }

    private long rewrap(FileChannel in, FileChannel out, Progress progress, EncryptionContext context)
            throws IOException {
        if (!parallelism.isShared(in.size())) {
            return FileTransfer.stream(in, out, progress, (from, to) -> rewrap(from, to, context));
        }
        MessageHeader header = ChannelFrames.header(in);
        if (header.frameLength() != sealer.frameLength() || !ChannelFrames.isSeekable(header)) {
            return FileTransfer.stream(in.position(0), out, progress, (from, to) -> rewrap(from, to, context));
        }
        try (ChannelFrames frames = ChannelFrames.open(in::read, in.size(), header, anyKeyOpener, context);
                NewMessage rewrapped = sealer.begin(freshKeys, frames.plaintextBytes(), context)) {
            return encrypt(
                    () -> new MessageFileInput(frames.fork()), frames.plaintextBytes(), rewrapped, out, progress);
        }
    }

    @Override
    public EnvelopeCipher inParallel(Executor executor, int threads) {
        return new RecipientCipher(source, sealer, recipients, Parallelism.of(executor, threads));
    }

    @Override
    public EnvelopeCipher inParallel(int threads) {
        return new RecipientCipher(source, sealer, recipients, Parallelism.of(threads));
    }

    @Override
    public EnvelopeCipher alsoFor(SymmetricCmk recipient) {
        KeyId id = recipient.id();
        if (recipients.contains(id)) {
            throw new InvalidRequestException(ErrorCode.DUPLICATED_KEY_ID, "key " + id + " is a recipient already");
        }
        if (recipients.size() == MAX_RECIPIENTS) { // ENV-3
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED, "a message has at most " + MAX_RECIPIENTS + " recipients");
        }
        AlgorithmSuite suite = AlgorithmSuite.of(recipient.spec());
        if (suite != sealer.suite()) { // ENV-23
            throw new InvalidRequestException(
                    ErrorCode.INVALID_KEY_USAGE,
                    "key " + id + " of spec " + recipient.spec() + " needs messages of suite " + suite
                            + "; those of the other recipients are of " + sealer.suite());
        }
        List<KeyId> more = Stream.concat(recipients.stream(), Stream.of(id)).toList();
        return new RecipientCipher(source, sealer, more, parallelism);
    }

    @Override
    public Ciphertext newDetachedKey(EncryptionContext context) {
        requireNonNull(context, "context");
        try (DataKey dataKey = source.generate(recipients.get(0), sealer.suite().keyBytes(), context)) {
            return dataKey.wrapped();
        }
    }

    @Override
    public DetachedEnvelope detached(Ciphertext wrappedKey, EncryptionContext context) {
        requireNonNull(wrappedKey, "wrappedKey");
        requireNonNull(context, "context");
        if (!source.keyOf(wrappedKey).equals(Optional.of(recipients.get(0)))) {
            throw new DecryptionException();
        }
        return new DetachedCipher(sealer, new DetachedKey(source.unwrap(wrappedKey, context)), parallelism);
    }
}
