package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersion;
import io.keycask.kms.MaterialImport;
import io.keycask.kms.PublicKey;
import io.keycask.kms.ReEncrypted;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.RotationStatus;
import io.keycask.kms.SealedDataKey;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.blob.CmkOperations;
import io.keycask.kms.core.internal.envelope.Envelopes;
import io.keycask.kms.core.internal.record.Records;
import java.util.List;
import java.util.Optional;

/** The handle of a symmetric key in this process, for one caller. */
final class EmbeddedSymmetricCmk extends EmbeddedCmk implements SymmetricCmk {
    private final CmkOperations operations;
    private final EnvelopeCipher envelope;

    EmbeddedSymmetricCmk(Engine engine, KeyId id, KeySpec spec, Caller caller) {
        super(engine, id, spec, caller);
        this.operations = engine.operations(caller);
        this.envelope = Envelopes.cipher(operations, id, spec);
    }

    @Override
    public EnvelopeCipher envelope() {
        return envelope;
    }

    @Override
    public Ciphertext encrypt(byte[] plaintext, EncryptionContext context) {
        return operations.encrypt(id, requireNonNull(plaintext, "plaintext"), requireNonNull(context, "context"));
    }

    @Override
    public byte[] decrypt(Ciphertext ciphertext, EncryptionContext context) {
        requireNonNull(ciphertext, "ciphertext");
        requireNonNull(context, "context");
        try (SecretBytes plaintext = operations.decrypt(ciphertext, context, Optional.of(id))) {
            return plaintext.copy();
        }
    }

    @Override
    public byte[] decryptTo(
            PublicKey publicKey, DecryptionAlgorithm algorithm, Ciphertext ciphertext, EncryptionContext context) {
        requireNonNull(publicKey, "publicKey");
        requireNonNull(algorithm, "algorithm");
        requireNonNull(ciphertext, "ciphertext");
        requireNonNull(context, "context");
        return operations.decryptTo(publicKey, algorithm, ciphertext, context, Optional.of(id));
    }

    @Override
    public ReEncrypted reEncrypt(Ciphertext ciphertext, EncryptionContext source, EncryptionContext destination) {
        requireNonNull(ciphertext, "ciphertext");
        requireNonNull(source, "source");
        return operations.reEncrypt(ciphertext, source, Optional.of(id), requireNonNull(destination, "destination"));
    }

    @Override
    public DataKey generateDataKey(DataKeySpec spec, EncryptionContext context) {
        return operations.generateDataKey(id, requireNonNull(spec, "spec"), requireNonNull(context, "context"));
    }

    @Override
    public Ciphertext generateDataKeyWithoutPlaintext(DataKeySpec spec, EncryptionContext context) {
        try (DataKey key = generateDataKey(spec, context)) {
            return key.wrapped();
        }
    }

    @Override
    public SealedDataKey generateDataKeyTo(
            PublicKey publicKey, DecryptionAlgorithm algorithm, DataKeySpec spec, EncryptionContext context) {
        requireNonNull(publicKey, "publicKey");
        requireNonNull(algorithm, "algorithm");
        requireNonNull(spec, "spec");
        return operations.generateDataKeyTo(publicKey, algorithm, id, spec, requireNonNull(context, "context"));
    }

    @Override
    public DataKey decryptDataKey(Ciphertext wrapped, EncryptionContext context) {
        requireNonNull(wrapped, "wrapped");
        return operations.decryptDataKey(wrapped, requireNonNull(context, "context"), Optional.of(id));
    }

    @Override
    public Ciphertext newRecordKey(EncryptionContext context) {
        return generateDataKeyWithoutPlaintext(Records.keySpec(spec()), context);
    }

    @Override
    public RecordCipher records(Ciphertext wrappedKey, EncryptionContext context) {
        requireNonNull(wrappedKey, "wrappedKey");
        requireNonNull(context, "context");
        return Records.cipher(operations.decryptDataKey(wrappedKey, context, Optional.of(id)));
    }

    @Override
    public KeyVersion rotate() {
        return engine.rotation.rotate(id, caller);
    }

    @Override
    public void enableRotation(int periodDays) {
        engine.rotation.enable(id, periodDays, caller);
    }

    @Override
    public void disableRotation() {
        engine.rotation.disable(id, caller);
    }

    @Override
    public RotationStatus rotationStatus() {
        return engine.directory.rotationStatus(id, caller);
    }

    @Override
    public List<KeyVersion> versions() {
        return engine.directory.versions(id, caller);
    }

    @Override
    public MaterialImport materialImport() {
        return new EmbeddedMaterialImport(engine, id(), caller);
    }

    @Override
    public String toString() {
        return "SymmetricCmk[" + id + "]";
    }
}
