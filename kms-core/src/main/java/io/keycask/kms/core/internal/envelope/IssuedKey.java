package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import java.util.List;

/** A data key for one message, which belongs to it, and the same data key wrapped under each recipient's key. */
public final class IssuedKey implements AutoCloseable {
    private final DataKey dataKey;
    private final List<Ciphertext> wrapped;

    /**
     * An issued key of these parts.
     *
     * @param wrapped in the order of the recipients
     */
    public IssuedKey(DataKey dataKey, List<Ciphertext> wrapped) {
        this.dataKey = dataKey;
        this.wrapped = List.copyOf(wrapped);
    }

    DataKey dataKey() {
        return dataKey;
    }

    List<Ciphertext> wrapped() {
        return wrapped;
    }

    @Override
    public void close() {
        dataKey.close();
    }
}
