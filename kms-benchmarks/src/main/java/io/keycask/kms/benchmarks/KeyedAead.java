package io.keycask.kms.benchmarks;

import java.security.GeneralSecurityException;

/** Authenticated encryption under one key that stays, from and into arrays of the caller. For one thread. */
interface KeyedAead {
    /** Length of a nonce in bytes. */
    int NONCE_BYTES = 12;

    /** How much longer a sealed message is than its plaintext. */
    int TAG_BYTES = 16;

    /** Writes ciphertext and tag; the nonce must be new. */
    void seal(byte[] nonce, byte[] plaintext, byte[] sealed) throws GeneralSecurityException;

    void open(byte[] nonce, byte[] sealed, byte[] plaintext) throws GeneralSecurityException;
}
