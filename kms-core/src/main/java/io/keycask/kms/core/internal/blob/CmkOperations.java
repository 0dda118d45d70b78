package io.keycask.kms.core.internal.blob;

import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.Kms;
import io.keycask.kms.PublicKey;
import io.keycask.kms.ReEncrypted;
import io.keycask.kms.SealedDataKey;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.asymmetric.SealedAnswers;
import io.keycask.kms.core.internal.datakey.CachedDataKeys;
import io.keycask.kms.core.internal.datakey.IssuedFor;
import io.keycask.kms.core.internal.datakey.Loan;
import io.keycask.kms.core.internal.datakey.OpenedFor;
import io.keycask.kms.core.internal.envelope.DataKeySource;
import io.keycask.kms.core.internal.envelope.IssuedKey;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The cryptographic operations of symmetric keys, for one caller. Thread-safe. */
public final class CmkOperations implements DataKeySource {
    private static final String PLAINTEXT_BYTES = "plaintextBytes";
    private static final String DATA_KEY_BYTES = "dataKeyBytes";
    private static final String KEY_VERSION = "keyVersion";
    private static final String CACHED = "cached";
    private static final String SEALED_BY = "encryptionAlgorithm";

    private final CallPath path;
    private final CmkCipher cipher;
    private final Providers providers;
    private final CachedDataKeys dataKeys;
    private final SealedAnswers answers;
    private final Caller caller;

    /** The operations of this caller. */
    public CmkOperations(CallPath path, CmkCipher cipher, Providers providers, CachedDataKeys dataKeys, Caller caller) {
        this.path = path;
        this.cipher = cipher;
        this.providers = providers;
        this.dataKeys = dataKeys;
        this.answers = new SealedAnswers(providers);
        this.caller = caller;
    }

    /** Encrypts a small secret. */
    public Ciphertext encrypt(KeyId id, byte[] plaintext, EncryptionContext context) {
        return path.call(Operation.ENCRYPT, caller, details -> {
            details.note(PLAINTEXT_BYTES, plaintext.length);
            LiveKey key = path.usable(Operation.ENCRYPT, id, details);
            if (plaintext.length < 1 || plaintext.length > SymmetricCmk.MAX_PLAINTEXT_BYTES) {
                throw new InvalidRequestException(
                        ErrorCode.INVALID_PLAINTEXT,
                        "plaintext is " + plaintext.length + " bytes; expected 1 to "
                                + SymmetricCmk.MAX_PLAINTEXT_BYTES);
            }
            return encrypt(key, plaintext, context, details);
        });
    }

    /** Decrypts a small secret. The caller has to close it. */
    public SecretBytes decrypt(Ciphertext ciphertext, EncryptionContext context, Optional<KeyId> onlyUnder) {
        return path.call(Operation.DECRYPT, caller, SecretBytes::close, details -> {
            LiveKey key = path.usable(Operation.DECRYPT, version(ciphertext, onlyUnder, details), details);
            return decrypt(key, CiphertextBlob.parse(ciphertext), context, details);
        });
    }

    /** Decrypts a small secret and returns it encrypted to a public key. */
    public byte[] decryptTo(
            PublicKey publicKey,
            DecryptionAlgorithm algorithm,
            Ciphertext ciphertext,
            EncryptionContext context,
            Optional<KeyId> onlyUnder) {
        return path.call(Operation.DECRYPT, caller, details -> {
            LiveKey key = path.usable(Operation.DECRYPT, version(ciphertext, onlyUnder, details), details);
            details.note(SEALED_BY, algorithm);
            try (SecretBytes plaintext = decrypt(key, CiphertextBlob.parse(ciphertext), context, details)) {
                return answers.seal(key, publicKey, algorithm, plaintext);
            }
        });
    }

    private static KeyVersionRef version(Ciphertext ciphertext, Optional<KeyId> onlyUnder, Details details) {
        KeyVersionRef version = CiphertextBlob.versionOf(ciphertext);
        if (onlyUnder.isPresent() && !onlyUnder.get().equals(version.keyId())) {
            details.key(onlyUnder.get());
            throw new DecryptionException();
        }
        return version;
    }

    /** Encrypts again, under the current version of the destination; an empty one stands for the same key. */
    public ReEncrypted reEncrypt(
            Ciphertext ciphertext,
            EncryptionContext source,
            Optional<KeyId> destinationId,
            EncryptionContext destination) {
        return path.call(Operation.RE_ENCRYPT, caller, details -> {
            destinationId.ifPresent(details::key);
            CiphertextBlob blob = CiphertextBlob.parse(ciphertext);
            KeyId from = blob.version().keyId();
            LiveKey sourceKey = path.usable(Operation.DECRYPT, blob.version(), details.note("sourceKey", from));
            LiveKey target = path.usable(Operation.RE_ENCRYPT, destinationId.orElse(from), details);
            try (SecretBytes plaintext = decrypt(sourceKey, blob, source, details)) {
                boolean nothingToDo = target.record().id().equals(from)
                        && target.record()
                                .currentVersion()
                                .equals(Optional.of(blob.version().versionId()))
                        && source.equals(destination);
                Ciphertext result = nothingToDo
                        ? ciphertext
                        : plaintext.<Ciphertext, RuntimeException>use(
                                bytes -> encrypt(target, bytes, destination, details));
                return new ReEncrypted(result, from, target.record().id(), !nothingToDo);
            }
        });
    }

    /** Returns a fresh data key, which the caller has to close. */
    public DataKey generateDataKey(KeyId id, DataKeySpec spec, EncryptionContext context) {
        return path.call(
                Operation.GENERATE_DATA_KEY,
                caller,
                DataKey::close,
                details -> newDataKey(path.usable(Operation.GENERATE_DATA_KEY, id, details), spec, context, details));
    }

    /** Returns a fresh data key, encrypted to a public key. */
    public SealedDataKey generateDataKeyTo(
            PublicKey publicKey, DecryptionAlgorithm algorithm, KeyId id, DataKeySpec spec, EncryptionContext context) {
        return path.call(Operation.GENERATE_DATA_KEY, caller, details -> {
            LiveKey key = path.usable(Operation.GENERATE_DATA_KEY, id, details);
            details.note(SEALED_BY, algorithm);
            try (DataKey dataKey = newDataKey(key, spec, context, details);
                    SecretBytes plaintext = dataKey.<SecretBytes, RuntimeException>use(SecretBytes::copyOf)) {
                byte[] sealed = answers.seal(key, publicKey, algorithm, plaintext);
                return SealedDataKey.of(id, sealed, dataKey.wrapped());
            }
        });
    }

    private DataKey newDataKey(LiveKey key, DataKeySpec spec, EncryptionContext context, Details details) {
        details.note(DATA_KEY_BYTES, spec.sizeBytes());
        SecretBytes plaintext = providers.get(key.record().provider()).random(spec.sizeBytes());
        try {
            Ciphertext wrapped =
                    plaintext.<Ciphertext, RuntimeException>use(bytes -> encrypt(key, bytes, context, details));
            return DataKey.of(key.record().id(), plaintext, wrapped);
        } catch (RuntimeException e) {
            plaintext.close();
            throw e;
        }
    }

    /** Opens a wrapped data key, by the cache if it is there. The caller has to close it. */
    public DataKey decryptDataKey(Ciphertext wrapped, EncryptionContext context, Optional<KeyId> onlyUnder) {
        return path.call(Operation.DECRYPT, caller, DataKey::close, details -> {
            KeyVersionRef version = version(wrapped, onlyUnder, details);
            LiveKey key = path.usable(Operation.DECRYPT, version, details);
            OpenedFor what = new OpenedFor(caller.name(), version.keyId(), wrapped, context);
            Loan loan = dataKeys.open(what, () -> {
                SecretBytes plaintext = decrypt(key, CiphertextBlob.parse(wrapped), context, details);
                return DataKey.of(version.keyId(), plaintext, wrapped);
            });
            if (loan.isReused()) {
                details.note("sourceKeyVersion", version.versionId());
                details.note(PLAINTEXT_BYTES, loan.dataKey().size()).note(CACHED, true);
            }
            return loan.dataKey();
        });
    }

    /** Returns random bytes of the first provider, which the caller has to close. */
    public SecretBytes generateRandom(int sizeBytes) {
        return path.call(Operation.GENERATE_RANDOM, caller, SecretBytes::close, details -> {
            if (sizeBytes < 1 || sizeBytes > Kms.MAX_RANDOM_BYTES) {
                throw new InvalidRequestException(
                        ErrorCode.INVALID_PARAMETER,
                        sizeBytes + " random bytes; expected 1 to " + Kms.MAX_RANDOM_BYTES);
            }
            details.note("sizeBytes", sizeBytes);
            return providers.first().random(sizeBytes);
        });
    }

    @Override
    public DataKey generate(KeyId key, int sizeBytes, EncryptionContext context) {
        return generateDataKey(key, DataKeySpec.ofBytes(sizeBytes), context);
    }

    @Override
    public IssuedKey issue(List<KeyId> recipients, int sizeBytes, EncryptionContext context, long plaintextBytes) {
        Loan loan = issueToFirst(recipients, sizeBytes, context, plaintextBytes);
        try {
            List<Ciphertext> wrapped = new ArrayList<>(recipients.size());
            wrapped.add(loan.dataKey().wrapped());
            for (KeyId recipient : recipients.subList(1, recipients.size())) {
                wrapped.add(wrap(recipient, loan, context));
            }
            return new IssuedKey(loan.dataKey(), wrapped);
        } catch (RuntimeException e) {
            loan.close();
            throw e;
        }
    }

    private Loan issueToFirst(List<KeyId> recipients, int sizeBytes, EncryptionContext context, long plaintextBytes) {
        return path.call(Operation.GENERATE_DATA_KEY, caller, Loan::close, details -> {
            LiveKey key = path.usable(Operation.GENERATE_DATA_KEY, recipients.get(0), details);
            DataKeySpec spec = DataKeySpec.ofBytes(sizeBytes);
            KeyVersionRef version = cipher.current(key).version();
            IssuedFor what = new IssuedFor(caller.name(), recipients, version.versionId(), sizeBytes, context);
            Loan loan = dataKeys.issue(what, plaintextBytes, () -> newDataKey(key, spec, context, details));
            if (loan.isReused()) {
                details.note(DATA_KEY_BYTES, sizeBytes);
                details.note(KEY_VERSION, version.versionId()).note(CACHED, true);
            }
            return loan;
        });
    }

    private Ciphertext wrap(KeyId recipient, Loan loan, EncryptionContext context) {
        return path.call(Operation.ENCRYPT, caller, details -> {
            details.note(PLAINTEXT_BYTES, loan.dataKey().size());
            LiveKey key = path.usable(Operation.ENCRYPT, recipient, details);
            KeyVersionRef version = cipher.current(key).version();
            Loan.Wrapped wrapped = loan.wrapped(
                    version,
                    () -> loan.dataKey()
                            .<Ciphertext, RuntimeException>use(bytes -> encrypt(key, bytes, context, details)));
            if (wrapped.isReused()) {
                details.note(KEY_VERSION, version.versionId()).note(CACHED, true);
            }
            return wrapped.ciphertext();
        });
    }

    @Override
    public int wrappedBytes(KeySpec spec, int sizeBytes) {
        return Arrays.stream(CiphertextSuite.values())
                .filter(suite -> providers.all().stream().anyMatch(it -> providers.offers(it.name(), spec, suite)))
                .mapToInt(suite -> CiphertextBlob.bytes(suite, sizeBytes))
                .max()
                .orElseThrow(() -> new KeyUsageException(
                        ErrorCode.INVALID_KEY_USAGE, "no provider offers symmetric keys of spec " + spec));
    }

    @Override
    public DataKey unwrap(Ciphertext wrapped, EncryptionContext context) {
        return decryptDataKey(wrapped, context, Optional.empty());
    }

    @Override
    public Optional<KeyId> keyOf(Ciphertext wrapped) {
        try {
            return Optional.of(CiphertextBlob.versionOf(wrapped).keyId());
        } catch (DecryptionException e) {
            return Optional.empty();
        }
    }

    private Ciphertext encrypt(LiveKey key, byte[] plaintext, EncryptionContext context, Details details) {
        key.record().currentVersion().ifPresent(version -> details.note(KEY_VERSION, version));
        return cipher.encrypt(key, plaintext, context);
    }

    private SecretBytes decrypt(LiveKey key, CiphertextBlob blob, EncryptionContext context, Details details) {
        details.note("sourceKeyVersion", blob.version().versionId());
        SecretBytes plaintext = cipher.decrypt(key, blob, context);
        details.note(PLAINTEXT_BYTES, plaintext.size());
        return plaintext;
    }
}
