package io.keycask.kms.benchmarks;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.NewKey;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SymmetricCmk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Records as an application uses them: one cipher, opened once. */
final class KeycaskRecords implements Envelope {
    /** The associated data of every record. */
    static final byte[] PLACE = "orders.card.4711".getBytes(StandardCharsets.US_ASCII);

    private final TemporaryKms kms = new TemporaryKms();
    private final RecordCipher cipher;

    KeycaskRecords() throws IOException {
        EncryptionContext context = EncryptionContext.of("tenant", "t1");
        SymmetricCmk key = kms.kms().createKey(NewKey.named("benchmark"));
        cipher = key.records(key.newRecordKey(context), context);
    }

    @Override
    public byte[] encrypt(byte[] plaintext) {
        return cipher.encrypt(plaintext, PLACE);
    }

    @Override
    public byte[] decrypt(byte[] message) {
        return cipher.decrypt(message, PLACE);
    }

    @Override
    public void close() throws IOException {
        cipher.close();
        kms.close();
    }
}
