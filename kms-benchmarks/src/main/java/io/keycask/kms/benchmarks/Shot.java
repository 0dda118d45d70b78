package io.keycask.kms.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/** An open library, and how it encrypts more than one message of an array holds. */
interface Shot extends AutoCloseable {
    /** Encrypts an array again and again until this many bytes are done; returns the last message, or what takes its place. */
    Object encrypt(byte[] plaintext, long size) throws GeneralSecurityException, IOException;

    /** Checks a message, as {@link Envelope#checked} does. */
    void check(byte[] plaintext) throws GeneralSecurityException;

    @Override
    void close() throws IOException;

    static Shot open(String impl) throws GeneralSecurityException, IOException {
        return Envelopes.isStream(impl)
                ? new OneStream(Envelopes.openStream(impl))
                : new ManyMessages(Envelopes.open(impl));
    }

    /** One stream of everything. */
    record OneStream(StreamCipher cipher) implements Shot {
        @Override
        public Object encrypt(byte[] plaintext, long size) throws GeneralSecurityException, IOException {
            RepeatedInput in = new RepeatedInput(plaintext, size);
            cipher.encrypt(in, OutputStream.nullOutputStream());
            return in;
        }

        @Override
        public void check(byte[] plaintext) throws GeneralSecurityException {
            new StreamedEnvelope(cipher).checked(plaintext);
        }

        @Override
        public void close() throws IOException {
            cipher.close();
        }
    }

    /** A message for every array. */
    record ManyMessages(Envelope envelope) implements Shot {
        @Override
        public Object encrypt(byte[] plaintext, long size) throws GeneralSecurityException {
            byte[] message = envelope.encrypt(plaintext);
            for (long done = plaintext.length; done < size; done += plaintext.length) {
                message = envelope.encrypt(plaintext);
            }
            return message;
        }

        @Override
        public void check(byte[] plaintext) throws GeneralSecurityException {
            envelope.checked(plaintext);
        }

        @Override
        public void close() throws IOException {
            envelope.close();
        }
    }
}
