package io.keycask.kms.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A stream cipher between arrays. After the first message of a length it takes no more memory than that of the result. */
final class StreamedEnvelope implements Envelope {
    // more than any peer adds to as much, the smallest frames and the largest header included
    private static final int OVERHEAD_BYTES = 4096;
    private static final int BYTES_PER_OVERHEAD_BYTE = 50;

    private final StreamCipher cipher;
    private final Map<Integer, Integer> messageBytes = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> plaintextBytes = new ConcurrentHashMap<>();

    StreamedEnvelope(StreamCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public byte[] encrypt(byte[] plaintext) throws GeneralSecurityException {
        int atMost = plaintext.length + plaintext.length / BYTES_PER_OVERHEAD_BYTE + OVERHEAD_BYTES;
        ArrayOutput out = new ArrayOutput(new byte[messageBytes.getOrDefault(plaintext.length, atMost)]);
        try {
            cipher.encrypt(new ByteArrayInputStream(plaintext), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        messageBytes.put(plaintext.length, out.written());
        return out.toArray();
    }

    @Override
    public byte[] decrypt(byte[] message) throws GeneralSecurityException {
        ArrayOutput out = new ArrayOutput(new byte[plaintextBytes.getOrDefault(message.length, message.length)]);
        try {
            cipher.decrypt(new ByteArrayInputStream(message), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        plaintextBytes.put(message.length, out.written());
        return out.toArray();
    }

    @Override
    public byte[] readElsewhere(byte[] message) throws GeneralSecurityException {
        return cipher.readElsewhere(message);
    }

    @Override
    public void close() throws IOException {
        cipher.close();
    }
}
