package io.keycask.kms;

import java.time.Instant;

/**
 * One version of a customer master key.
 *
 * @param id the identifier, which every ciphertext under this version carries
 * @param created when the version came into being
 * @param current whether the key encrypts under this version; every version decrypts
 */
public record KeyVersion(KeyVersionId id, Instant created, boolean current) {}
