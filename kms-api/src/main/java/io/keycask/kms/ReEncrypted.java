package io.keycask.kms;

/**
 * The answer of a re-encryption.
 *
 * @param ciphertext the ciphertext under the newest version of the destination
 * @param sourceKeyId the key that it was under
 * @param keyId the key that it is under
 * @param changed false if the ciphertext was already under the newest version of the destination, with the same
 *     encryption context; then {@code ciphertext} is the one that was given
 */
public record ReEncrypted(Ciphertext ciphertext, KeyId sourceKeyId, KeyId keyId, boolean changed) {}
