package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * What somebody needs to encrypt material for a key: a public key made for this purpose, how to use it, and the token that
 * comes back with the material. Not secret. Immutable.
 */
public final class ImportParameters {
    private static final int PEM_LINE = 64;

    private final KeyId keyId;
    private final WrappingAlgorithm algorithm;
    private final byte[] publicKey;
    private final byte[] token;
    private final Instant validTo;

    private ImportParameters(
            KeyId keyId, WrappingAlgorithm algorithm, byte[] publicKey, byte[] token, Instant validTo) {
        this.keyId = requireNonNull(keyId, "keyId");
        this.algorithm = requireNonNull(algorithm, "algorithm");
        this.publicKey = publicKey;
        this.token = token;
        this.validTo = requireNonNull(validTo, "validTo");
    }

    /** Returns the parameters of these parts. */
    public static ImportParameters of(
            KeyId keyId, WrappingAlgorithm algorithm, byte[] publicKey, byte[] token, Instant validTo) {
        return new ImportParameters(keyId, algorithm, publicKey.clone(), token.clone(), validTo);
    }

    /** Returns the key that the material is for. */
    public KeyId keyId() {
        return keyId;
    }

    /** Returns how the material has to be encrypted. */
    public WrappingAlgorithm algorithm() {
        return algorithm;
    }

    /** Returns the RSA public key, as the DER bytes of a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Returns the public key as PEM text (RFC 7468 §13). */
    public String publicKeyPem() {
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(PEM_LINE, lineEnd).encodeToString(publicKey)
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** Returns the import token: opaque bytes, given back together with the encrypted material. */
    public byte[] token() {
        return token.clone();
    }

    /** Returns when public key and token cease to be of use: 24 hours after they were made. */
    public Instant validTo() {
        return validTo;
    }

    @Override
    public String toString() {
        return "ImportParameters[" + keyId + ", " + algorithm + ", valid to " + validTo + "]";
    }
}
