package io.keycask.kms.crypto;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Whether a key is still whole, for keys that are used without a lock or a count of users.
 *
 * <p>The flag is raised before the first byte of the key is wiped ({@link #end}), and looked at after the last byte of the key has
 * been used ({@link #requireOpen}). So a result computed with a key that was wiped meanwhile is noticed and never handed out. That
 * matters: what is encrypted under a key of zeros can be read by everybody.
 */
final class Lifespan {
    private volatile boolean ended;

    /** To be called before wiping. */
    void end() {
        ended = true;
        VarHandle.fullFence();
    }

    boolean hasEnded() {
        VarHandle.loadLoadFence();
        return ended;
    }

    /** To be called before the first use of the key, to be told at once, and after the last one. */
    void requireOpen() {
        if (hasEnded()) {
            throw new IllegalStateException("key is closed");
        }
    }

    /** As {@link #requireOpen}, but takes back a result that was written already. */
    void requireOpenOrWipe(byte[] out, int offset, int length) {
        if (hasEnded()) {
            Arrays.fill(out, offset, offset + length, (byte) 0);
        }
        requireOpen();
    }
}
