package io.keycask.kms.core.internal.record;

import static io.keycask.kms.core.internal.record.RecordLayout.PREFIX_BYTES;
import static io.keycask.kms.core.internal.record.RecordLayout.PREFIX_START;
import static io.keycask.kms.core.internal.record.RecordLayout.REST_BYTES;
import static io.keycask.kms.core.internal.record.RecordLayout.REST_START;
import static io.keycask.kms.core.internal.record.RecordLayout.SEALED_START;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.crypto.AeadKey;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * The key of all records whose nonces begin with one prefix. Thread-safe.
 *
 * <p>It may be wiped while another thread computes with it: then that call throws {@code IllegalStateException} before it has written
 * anything, and {@link #isWiped} says why.
 */
final class PrefixKey {
    private final byte format;
    private final byte[] prefix;
    private final AeadKey key;
    private volatile boolean wiped;

    /** The key of this prefix, which belongs to it from now on. */
    PrefixKey(RecordKey key, byte[] prefix) {
        this.format = key.format();
        this.prefix = prefix;
        this.key = key.prefixKey(prefix);
    }

    /** Writes a record of these bytes; nothing but the arrays' bounds was checked before. */
    void seal(byte[] rest, byte[] associatedData, byte[] value, int offset, int length, byte[] record, int at) {
        key.seal(rest, associatedData, value, offset, length, record, at + SEALED_START);
        // Only now: the value may lie where the header belongs.
        record[at] = format;
        System.arraycopy(prefix, 0, record, at + PREFIX_START, PREFIX_BYTES);
        System.arraycopy(rest, 0, record, at + REST_START, REST_BYTES);
    }

    /**
     * Writes the value of a record whose format and length were checked.
     *
     * @throws DecryptionException if it is not authentic
     */
    int open(byte[] record, int offset, int length, byte[] associatedData, byte[] value, int at) {
        byte[] rest = Arrays.copyOfRange(record, offset + REST_START, offset + SEALED_START);
        try {
            return key.open(rest, associatedData, record, offset + SEALED_START, length - SEALED_START, value, at);
        } catch (AEADBadTagException e) {
            throw new DecryptionException();
        }
    }

    boolean isWiped() {
        return wiped;
    }

    void wipe() {
        wiped = true;
        key.close();
    }
}
