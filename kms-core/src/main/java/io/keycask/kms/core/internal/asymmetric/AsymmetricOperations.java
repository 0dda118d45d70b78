package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.Caller;
import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.MessageToSign;
import io.keycask.kms.PublicKey;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Details;
import io.keycask.kms.core.internal.operation.LiveKey;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.spi.Capability;

/** The cryptographic operations of key pairs, for one caller. Thread-safe. */
public final class AsymmetricOperations {
    private final CallPath path;
    private final Providers providers;
    private final PublicKeys publicKeys;
    private final Caller caller;

    /** The operations of this caller. */
    public AsymmetricOperations(CallPath path, Providers providers, PublicKeys publicKeys, Caller caller) {
        this.path = path;
        this.providers = providers;
        this.publicKeys = publicKeys;
        this.caller = caller;
    }

    /** Returns the public key. */
    public PublicKey publicKey(KeyId id) {
        return path.call(
                Operation.GET_PUBLIC_KEY,
                caller,
                details -> publicKeys
                        .of(path.usable(Operation.GET_PUBLIC_KEY, id, details))
                        .encoded());
    }

    /** Signs. */
    public byte[] sign(KeyId id, SignatureAlgorithm algorithm, MessageToSign message) {
        return path.call(Operation.SIGN_BY_ASYMMETRIC_KEY, caller, details -> {
            note(algorithm, message, details);
            LiveKey key = path.usable(Operation.SIGN_BY_ASYMMETRIC_KEY, id, details);
            SignatureScheme scheme = scheme(key, algorithm);
            requireOffered(key, Capability.sign(key.record().spec(), algorithm));
            byte[] digest = digest(scheme, message);
            return scheme.encode(
                    providers.keyPairs(key.record().provider()).sign(PublicKeys.handle(key), algorithm, digest));
        });
    }

    /** Returns whether the signature is one of the message under the key. */
    public boolean verify(KeyId id, SignatureAlgorithm algorithm, MessageToSign message, byte[] signature) {
        return path.call(Operation.VERIFY_BY_ASYMMETRIC_KEY, caller, details -> {
            note(algorithm, message, details.note("signatureBytes", signature.length));
            LiveKey key = path.usable(Operation.VERIFY_BY_ASYMMETRIC_KEY, id, details);
            SignatureScheme scheme = scheme(key, algorithm);
            boolean valid = scheme.verify(digest(scheme, message), signature);
            details.note("signatureValid", valid);
            return valid;
        });
    }

    /** Decrypts what was encrypted with the public key. The caller has to close it. */
    public SecretBytes decrypt(KeyId id, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        Operation operation = algorithm.equals(DecryptionAlgorithm.SM2)
                ? Operation.ASYMMETRIC_SM2_DECRYPT
                : Operation.ASYMMETRIC_RSA_DECRYPT;
        return path.call(operation, caller, SecretBytes::close, details -> {
            details.note("algorithm", algorithm).note("ciphertextBytes", ciphertext.length);
            LiveKey key = path.usable(operation, id, details);
            requireDecrypts(key, algorithm);
            SecretBytes plaintext = decrypt(key, algorithm, ciphertext);
            details.note("plaintextBytes", plaintext.size());
            return plaintext;
        });
    }

    private SecretBytes decrypt(LiveKey key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        byte[] form = algorithm.equals(DecryptionAlgorithm.SM2)
                ? Sm2Ciphertext.parse(ciphertext)
                : requireLengthOfModulus(key.record(), ciphertext);
        try {
            return providers.keyPairs(key.record().provider()).decryptWithPair(PublicKeys.handle(key), algorithm, form);
        } catch (DecryptionException e) {
            throw DecryptionException.ofKeyPair();
        }
    }

    private static byte[] requireLengthOfModulus(KeyMetadata key, byte[] ciphertext) {
        // PKE-1
        return RsaKey.sizeBytes(key.spec())
                .filter(length -> length == ciphertext.length)
                .map(length -> ciphertext)
                .orElseThrow(DecryptionException::ofKeyPair);
    }

    private void requireDecrypts(LiveKey key, DecryptionAlgorithm algorithm) {
        if (algorithm.equals(DecryptionAlgorithm.RSAES_PKCS1_V1_5)
                && key.record().usage() != KeyUsage.ASYMMETRIC_DECRYPT_PKCS1) {
            throw new KeyUsageException(
                    ErrorCode.INVALID_KEY_USAGE,
                    "key " + key.record().id() + " was not created for the padding of PKCS #1 v1.5");
        }
        requireOffered(key, Capability.decrypt(key.record().spec(), algorithm));
    }

    private void requireOffered(LiveKey key, Capability capability) {
        if (!providers.offers(key.record().provider(), capability)) {
            throw refused(key, capability.algorithm());
        }
    }

    private SignatureScheme scheme(LiveKey key, SignatureAlgorithm algorithm) {
        return SignatureScheme.of(algorithm, publicKeys.of(key).half())
                .orElseThrow(() -> refused(key, algorithm.name()));
    }

    private static KeyUsageException refused(LiveKey key, String algorithm) {
        return new KeyUsageException(
                ErrorCode.INVALID_KEY_USAGE,
                "key " + key.record().id() + " of spec " + key.record().spec() + " is not used with " + algorithm);
    }

    private static byte[] digest(SignatureScheme scheme, MessageToSign message) {
        if (!message.isDigest()) {
            return scheme.digest(message.toBytes());
        }
        if (message.size() != scheme.digestBytes()) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER,
                    "digest is " + message.size() + " bytes; expected " + scheme.digestBytes());
        }
        return message.toBytes();
    }

    private static void note(SignatureAlgorithm algorithm, MessageToSign message, Details details) {
        details.note("algorithm", algorithm)
                .note("messageType", message.isDigest() ? "DIGEST" : "RAW")
                .note("messageBytes", message.size());
    }
}
