package io.keycask.kms.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/** One way to encrypt data of any length in bounded memory. Neither stream is closed. */
interface StreamCipher extends AutoCloseable {
    /** The size of a piece in {@link #copy}. */
    int PIECE_BYTES = 64 * 1024;

    void encrypt(InputStream plaintext, OutputStream message) throws GeneralSecurityException, IOException;

    void decrypt(InputStream message, OutputStream plaintext) throws GeneralSecurityException, IOException;

    /** Copies in pieces of 64 KiB, as a program does that has no more memory to spare. */
    static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
            to.write(piece, 0, length);
        }
    }

    /** Returns what a program of another author finds in a message: the oracle. */
    byte[] readElsewhere(byte[] message) throws GeneralSecurityException;

    @Override
    void close() throws IOException;
}
