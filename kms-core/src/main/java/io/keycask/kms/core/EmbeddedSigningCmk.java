package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.MessageToSign;
import io.keycask.kms.PublicKey;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.SigningCmk;
import io.keycask.kms.core.internal.asymmetric.AsymmetricOperations;

/** The handle of a signing key in this process, for one caller. */
final class EmbeddedSigningCmk extends EmbeddedCmk implements SigningCmk {
    private final AsymmetricOperations operations;

    EmbeddedSigningCmk(Engine engine, KeyId id, KeySpec spec, Caller caller) {
        super(engine, id, spec, caller);
        this.operations = engine.asymmetricOperations(caller);
    }

    @Override
    public PublicKey publicKey() {
        return operations.publicKey(id);
    }

    @Override
    public byte[] sign(SignatureAlgorithm algorithm, MessageToSign message) {
        return operations.sign(id, requireNonNull(algorithm, "algorithm"), requireNonNull(message, "message"));
    }

    @Override
    public boolean verify(SignatureAlgorithm algorithm, MessageToSign message, byte[] signature) {
        requireNonNull(algorithm, "algorithm");
        requireNonNull(message, "message");
        return operations.verify(id, algorithm, message, requireNonNull(signature, "signature"));
    }

    @Override
    public String toString() {
        return "SigningCmk[" + id + "]";
    }
}
