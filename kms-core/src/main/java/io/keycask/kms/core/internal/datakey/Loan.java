package io.keycask.kms.core.internal.datakey;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A data key for one message: the borrower's own copy of it, to be closed by the borrower. */
public final class Loan implements AutoCloseable {
    private final DataKey dataKey;
    private final @Nullable KeptKey<?> kept;
    private final boolean reused;

    Loan(DataKey dataKey, @Nullable KeptKey<?> kept, boolean reused) {
        this.dataKey = dataKey;
        this.kept = kept;
        this.reused = reused;
    }

    /** Returns the data key. */
    public DataKey dataKey() {
        return dataKey;
    }

    /** Returns whether it came without a call of the provider. */
    public boolean isReused() {
        return reused;
    }

    /**
     * The data key under one more customer master key.
     *
     * @param ciphertext the wrapped data key
     * @param isReused whether it came without a call of the provider
     */
    public record Wrapped(Ciphertext ciphertext, boolean isReused) {}

    /** Returns the data key wrapped under this version too, by the supplier unless that happened before. */
    public Wrapped wrapped(KeyVersionRef version, Supplier<Ciphertext> wrap) {
        return kept == null ? new Wrapped(wrap.get(), false) : kept.wrapped(version, wrap);
    }

    @Override
    public void close() {
        dataKey.close();
    }
}
