package io.keycask.kms.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** One way to make a message of an array, and an array of the message. Thread-safe. */
interface Envelope extends AutoCloseable {
    byte[] encrypt(byte[] plaintext) throws GeneralSecurityException;

    byte[] decrypt(byte[] message) throws GeneralSecurityException;

    /** Returns what a program of another author finds in a message: the oracle. */
    byte[] readElsewhere(byte[] message) throws GeneralSecurityException;

    @Override
    void close() throws IOException;

    /**
     * Returns the message of this plaintext, if it decrypts, an altered one does not, and another program reads the same.
     *
     * @throws IllegalStateException otherwise
     */
    default byte[] checked(byte[] plaintext) throws GeneralSecurityException {
        byte[] message = encrypt(plaintext);
        if (!Arrays.equals(decrypt(message), plaintext)) {
            throw new IllegalStateException(getClass() + " does not decrypt what it encrypted");
        }
        if (!Arrays.equals(readElsewhere(message), plaintext)) {
            throw new IllegalStateException(getClass() + " makes messages that another program reads as others");
        }
        byte[] altered = message.clone();
        altered[altered.length - 1] ^= 1;
        boolean refused = false;
        try {
            decrypt(altered);
        } catch (GeneralSecurityException | RuntimeException expected) {
            refused = true;
        }
        if (!refused) {
            throw new IllegalStateException(getClass() + " decrypts an altered message");
        }
        return message;
    }
}
