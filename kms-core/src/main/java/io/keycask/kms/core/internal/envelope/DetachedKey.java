package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DataKey;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.crypto.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A data key that is kept beside the data; its messages hold a reference to it instead of the wrapped key.
 *
 * <p>The reference is 16 bytes derived from the data key by the HKDF of its suite under labels of its own (docs/formats.md §5), so
 * that it says nothing about the key, or the keys of messages, and stays the same when the data key is wrapped anew.
 * Owns the data key.
 */
final class DetachedKey implements KeyIssuer, KeyOpener, AutoCloseable {
    /** The provider id of the header entry (DET-1). */
    static final byte[] PROVIDER_ID = "keycask-detached".getBytes(StandardCharsets.UTF_8);

    private static final int REFERENCE_BYTES = 16;
    private static final byte[] REFERENCE_LABEL = "REFERENCE".getBytes(StandardCharsets.UTF_8);
    private static final byte[] VERSION_1 = {1};

    private final AlgorithmSuite suite;
    private final DataKey dataKey;
    private final byte[] reference;

    /**
     * A detached key of this data key, which is closed if it is refused.
     *
     * @throws InvalidRequestException if messages need data keys of other lengths
     */
    DetachedKey(DataKey dataKey) {
        try {
            this.suite = AlgorithmSuite.ofKeyBytes(dataKey.size());
        } catch (InvalidRequestException e) {
            dataKey.close();
            throw e;
        }
        this.dataKey = dataKey;
        this.reference = dataKey.<byte[], RuntimeException>use(bytes -> referenceOf(suite, bytes));
    }

    private static byte[] referenceOf(AlgorithmSuite suite, byte[] dataKey) {
        try (Hkdf.Prk prk = suite.hkdf().extract(PROVIDER_ID, dataKey)) {
            return prk.expand(REFERENCE_LABEL, REFERENCE_BYTES); // DET-2
        }
    }

    /** Returns the suite of its messages, which follows from its length: it stays, whatever key wraps it next. */
    AlgorithmSuite suite() {
        return suite;
    }

    @Override
    public <T> T issue(int keyBytes, EncryptionContext context, long plaintextBytes, Use<T> action) {
        List<EncryptedDataKey> entries = List.of(new EncryptedDataKey(PROVIDER_ID, reference, VERSION_1));
        return dataKey.<T, RuntimeException>use(bytes -> action.apply(bytes, entries));
    }

    @Override
    public long entriesBytes(AlgorithmSuite ofMessages) {
        return EncryptedDataKey.bytes(PROVIDER_ID.length, REFERENCE_BYTES, VERSION_1.length);
    }

    @Override
    public <T> T open(MessageHeader header, Function<byte[], T> action) {
        if (header.dataKeys().stream().noneMatch(this::isMeant)) {
            throw new DecryptionException();
        }
        return dataKey.<T, RuntimeException>use(action::apply);
    }

    private boolean isMeant(EncryptedDataKey entry) {
        return entry.isOf(PROVIDER_ID)
                && MessageDigest.isEqual(entry.providerInfo(), reference)
                && Arrays.equals(entry.ciphertext(), VERSION_1); // DET-3
    }

    @Override
    public void close() {
        dataKey.close();
    }
}
