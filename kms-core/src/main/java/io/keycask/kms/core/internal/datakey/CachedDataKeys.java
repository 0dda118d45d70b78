package io.keycask.kms.core.internal.datakey;

import io.keycask.kms.DataKey;
import io.keycask.kms.KeyId;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The data-key cache: it saves calls of providers, and nothing else.
 *
 * <p>Who asks has found the customer master key, asked its state and records the call, whether the data key is here or not. Thread-safe.
 */
public final class CachedDataKeys implements AutoCloseable {
    private final DataKeyLimits limits;
    private final KeptKeys<IssuedFor> issued;
    private final KeptKeys<OpenedFor> opened;

    /**
     * A cache with these limits.
     *
     * @param nanoTime tells how much time has passed
     */
    public CachedDataKeys(DataKeyLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.issued = KeptKeys.forEncryption(limits, nanoTime);
        this.opened = KeptKeys.forDecryption(limits, nanoTime);
    }

    /**
     * Returns a data key to encrypt a message of this length under: a kept one if there is one that may serve, else a fresh
     * one. A message that is longer than everything one data key may serve for gets a data key of its own.
     */
    public Loan issue(IssuedFor what, long plaintextBytes, Supplier<DataKey> generate) {
        boolean servesOnce = limits.maxMessages() == 1 || plaintextBytes > limits.maxBytes();
        if (isOff() || servesOnce) {
            return new Loan(generate.get(), null, false);
        }
        return issued.take(what, plaintextBytes, generate);
    }

    /** Returns a data key to decrypt with: a kept one if it is here, else one that is unwrapped. */
    public Loan open(OpenedFor what, Supplier<DataKey> unwrap) {
        return isOff() ? new Loan(unwrap.get(), null, false) : opened.take(what, 0, unwrap);
    }

    /** Returns whether no data key is ever kept. */
    public boolean isOff() {
        return limits.maxEntries() == 0;
    }

    /** Wipes the data keys under a customer master key that changed. */
    public void forget(KeyId key) {
        issued.forget(key);
        opened.forget(key);
    }

    /** Wipes the data keys that are too old to serve. */
    public void dropExpired() {
        issued.dropExpired();
        opened.dropExpired();
    }

    /** Returns how many data keys are here. */
    int size() {
        return issued.size() + opened.size();
    }

    /** Wipes all data keys, for good. */
    @Override
    public void close() {
        issued.close();
        opened.close();
    }
}
