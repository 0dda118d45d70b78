package io.keycask.kms.benchmarks;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;

/** A message, both ways, and the memory that it needs: what the benchmarks of bare AEADs measure. */
final class AeadState {
    private final KeyedAead aead;
    private final ByteBuffer nonce = ByteBuffer.allocate(KeyedAead.NONCE_BYTES);
    private final byte[] plaintext;
    private final byte[] sealed;
    private final byte[] firstNonce;
    private final byte[] firstSealed;
    private final byte[] opened;

    /**
     * Seals a first message.
     *
     * @throws IllegalStateException if {@code aead} does not open it, or {@code oracle} makes another one of the same plaintext
     */
    AeadState(KeyedAead aead, KeyedAead oracle, int size) throws GeneralSecurityException {
        this.aead = aead;
        plaintext = new byte[size];
        new Random(size).nextBytes(plaintext);
        sealed = new byte[size + KeyedAead.TAG_BYTES];
        opened = new byte[size];
        seal();
        firstNonce = nonce.array().clone();
        firstSealed = sealed.clone();

        byte[] expected = new byte[sealed.length];
        oracle.seal(firstNonce, plaintext, expected);
        if (!Arrays.equals(firstSealed, expected)) {
            throw new IllegalStateException("another implementation makes another message of the same plaintext");
        }
        if (!Arrays.equals(open(), plaintext)) {
            throw new IllegalStateException("what was sealed is not what is opened");
        }
    }

    byte[] seal() throws GeneralSecurityException {
        nonce.putLong(0, nonce.getLong(0) + 1);
        aead.seal(nonce.array(), plaintext, sealed);
        return sealed;
    }

    byte[] open() throws GeneralSecurityException {
        aead.open(firstNonce, firstSealed, opened);
        return opened;
    }
}
