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
import io.keycask.kms.core.internal.envelope.DataKeySource;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.spi.CiphertextSuite;
import java.util.Arrays;
import java.util.Optional;

/** The cryptographic operations of symmetric keys, for one caller. Thread-safe. */
public final class CmkOperations implements DataKeySource {
    private static final String PLAINTEXT_BYTES = "plaintextBytes";
    private static final String SEALED_BY = "encryptionAlgorithm";

    private final CallPath path;
    private final CmkCipher cipher;
    private final Providers providers;
    private final SealedAnswers answers;
    private final Caller caller;

    /** The operations of this caller. */
    public CmkOperations(CallPath path, CmkCipher cipher, Providers providers, Caller caller) {
        this.path = path;
        this.cipher = cipher;
        this.providers = providers;
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
            CiphertextBlob blob = parse(ciphertext, onlyUnder, details);
            LiveKey key = path.usable(Operation.DECRYPT, blob.version(), details);
            return decrypt(key, blob, context, details);
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
            CiphertextBlob blob = parse(ciphertext, onlyUnder, details);
            LiveKey key = path.usable(Operation.DECRYPT, blob.version(), details);
            details.note(SEALED_BY, algorithm);
            try (SecretBytes plaintext = decrypt(key, blob, context, details)) {
                return answers.seal(key, publicKey, algorithm, plaintext);
            }
        });
    }

    private static CiphertextBlob parse(Ciphertext ciphertext, Optional<KeyId> onlyUnder, Details details) {
        CiphertextBlob blob = CiphertextBlob.parse(ciphertext);
        if (onlyUnder.isPresent() && !onlyUnder.get().equals(blob.version().keyId())) {
            details.key(onlyUnder.get());
            throw new DecryptionException();
        }
        return blob;
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
        details.note("dataKeyBytes", spec.sizeBytes());
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

    /** Opens a wrapped data key. The caller has to close it. */
    public DataKey decryptDataKey(Ciphertext wrapped, EncryptionContext context, Optional<KeyId> onlyUnder) {
        SecretBytes plaintext = decrypt(wrapped, context, onlyUnder);
        return DataKey.of(CiphertextBlob.parse(wrapped).version().keyId(), plaintext, wrapped);
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
    public Ciphertext wrap(KeyId key, DataKey dataKey, EncryptionContext context) {
        return dataKey.<Ciphertext, RuntimeException>use(bytes -> encrypt(key, bytes, context));
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
            return Optional.of(CiphertextBlob.parse(wrapped).version().keyId());
        } catch (DecryptionException e) {
            return Optional.empty();
        }
    }

    private Ciphertext encrypt(LiveKey key, byte[] plaintext, EncryptionContext context, Details details) {
        key.record().currentVersion().ifPresent(version -> details.note("keyVersion", version));
        return cipher.encrypt(key, plaintext, context);
    }

    private SecretBytes decrypt(LiveKey key, CiphertextBlob blob, EncryptionContext context, Details details) {
        details.note("sourceKeyVersion", blob.version().versionId());
        SecretBytes plaintext = cipher.decrypt(key, blob, context);
        details.note(PLAINTEXT_BYTES, plaintext.size());
        return plaintext;
    }
}
