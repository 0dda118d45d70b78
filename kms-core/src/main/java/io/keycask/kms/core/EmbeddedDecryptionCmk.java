package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Caller;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionCmk;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.PublicKey;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.core.internal.asymmetric.AsymmetricOperations;

/** The handle of a key pair that decrypts, in this process, for one caller. */
final class EmbeddedDecryptionCmk extends EmbeddedCmk implements DecryptionCmk {
    private final AsymmetricOperations operations;

    EmbeddedDecryptionCmk(Engine engine, KeyId id, KeySpec spec, Caller caller) {
        super(engine, id, spec, caller);
        this.operations = engine.asymmetricOperations(caller);
    }

    @Override
    public PublicKey publicKey() {
        return operations.publicKey(id);
    }

    @Override
    public byte[] decrypt(DecryptionAlgorithm algorithm, byte[] ciphertext) {
        requireNonNull(algorithm, "algorithm");
        try (SecretBytes plaintext = operations.decrypt(id, algorithm, requireNonNull(ciphertext, "ciphertext"))) {
            return plaintext.copy();
        }
    }

    @Override
    public String toString() {
        return "DecryptionCmk[" + id + "]";
    }
}
