package io.keycask.kms.benchmarks;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.NewKey;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SymmetricCmk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** Records as an application uses them: one cipher, opened once. */
final class KeycaskRecords implements Envelope {
    /** The associated data of every record. */
    static final byte[] PLACE = "orders.card.4711".getBytes(StandardCharsets.US_ASCII);

    private static final int DATA_KEY_BYTES = 32;

    private final TemporaryKms kms = new TemporaryKms();
    private final SymmetricCmk key;
    private final Ciphertext wrappedKey;
    private final RecordCipher cipher;

    KeycaskRecords() throws IOException {
        key = kms.kms().createKey(NewKey.named("benchmark"));
        wrappedKey = key.newRecordKey(Envelopes.CONTEXT);
        cipher = key.records(wrappedKey, Envelopes.CONTEXT);
    }

    @Override
    public byte[] encrypt(byte[] plaintext) {
        return cipher.encrypt(plaintext, PLACE);
    }

    @Override
    public byte[] decrypt(byte[] message) {
        return cipher.decrypt(message, PLACE);
    }

    /** Derives the record key by Bouncy Castle and opens the record by Tink; what is before the nonce is the format. */
    @Override
    public byte[] readElsewhere(byte[] message) throws GeneralSecurityException {
        byte[] dataKey;
        try (DataKey opened = key.decryptDataKey(wrappedKey, Envelopes.CONTEXT)) {
            dataKey = opened.<byte[], RuntimeException>use(byte[]::clone);
        }
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA512Digest());
        hkdf.init(new HKDFParameters(
                dataKey,
                "keycask-record".getBytes(StandardCharsets.US_ASCII),
                "keycask record 1: XAES-256-GCM key".getBytes(StandardCharsets.US_ASCII)));
        byte[] recordKey = new byte[DATA_KEY_BYTES];
        hkdf.generateBytes(recordKey, 0, DATA_KEY_BYTES);
        return TinkKeys.xaes(recordKey).decrypt(Arrays.copyOfRange(message, 1, message.length), PLACE);
    }

    @Override
    public void close() throws IOException {
        cipher.close();
        kms.close();
    }
}
