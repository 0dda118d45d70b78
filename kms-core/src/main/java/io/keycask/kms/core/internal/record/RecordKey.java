package io.keycask.kms.core.internal.record;

import io.keycask.kms.crypto.AeadKey;
import java.util.function.Function;

/** The key of all records under one data key, from which the keys of prefixes are derived. Thread-safe. */
final class RecordKey implements AutoCloseable {
    private final RecordSuite suite;
    private final AeadKey key;
    private final Function<byte[], AeadKey> derivation;

    /**
     * A record key over this one, which belongs to it from now on.
     *
     * @param derivation of that key: prefix to key
     */
    RecordKey(RecordSuite suite, AeadKey key, Function<byte[], AeadKey> derivation) {
        this.suite = suite;
        this.key = key;
        this.derivation = derivation;
    }

    /** Returns the first byte of each record. */
    byte format() {
        return suite.format();
    }

    /** Returns the key of all records whose nonces begin with this prefix; it lives on when this key is closed. */
    AeadKey prefixKey(byte[] prefix) {
        return derivation.apply(prefix);
    }

    @Override
    public void close() {
        key.close();
    }
}
