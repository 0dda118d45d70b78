package io.keycask.kms.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** One way to encrypt a message under a fresh data key that a longer-lived key wraps. Thread-safe. */
interface Envelope extends AutoCloseable {
    byte[] encrypt(byte[] plaintext) throws GeneralSecurityException;

    byte[] decrypt(byte[] message) throws GeneralSecurityException;

    @Override
    void close() throws IOException;
}
