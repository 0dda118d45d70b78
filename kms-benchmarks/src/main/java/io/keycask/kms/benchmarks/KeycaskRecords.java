package io.keycask.kms.benchmarks;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.RecordCipher;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.EmbeddedKms;
import io.keycask.kms.core.JdbcStore;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records as an application uses them: one cipher, opened once. */
final class KeycaskRecords implements Envelope {
    /** The associated data of every record. */
    static final byte[] PLACE = "orders.card.4711".getBytes(StandardCharsets.US_ASCII);

    private final RecordCipher cipher;

    KeycaskRecords() throws IOException {
        Path folder = Files.createTempDirectory("keycask-benchmark-");
        EncryptionContext context = EncryptionContext.of("tenant", "t1");
        try (Kms kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key"))))
                .build()) {
            SymmetricCmk key = kms.createKey(NewKey.named("benchmark"));
            cipher = key.records(key.newRecordKey(context), context);
        }
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
    public void close() {
        cipher.close();
    }
}
