package io.keycask.kms.benchmarks;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.core.EmbeddedKms;
import io.keycask.kms.core.JdbcStore;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keycask as the README shows it: SQLite and a root-key file, in a temporary folder, every default as it is. */
final class KeycaskEnvelope implements Envelope {
    private final Path folder;
    private final Kms kms;
    private final EnvelopeCipher cipher;
    private final EncryptionContext context;

    KeycaskEnvelope(EncryptionContext context) throws IOException {
        this.context = context;
        folder = Files.createTempDirectory("keycask-benchmark-");
        kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key"))))
                .build();
        cipher = kms.createKey(NewKey.named("benchmark")).envelope();
    }

    @Override
    public byte[] encrypt(byte[] plaintext) {
        return cipher.encrypt(plaintext, context);
    }

    @Override
    public byte[] decrypt(byte[] message) {
        return cipher.decrypt(message, context);
    }

    @Override
    public void close() throws IOException {
        kms.close();
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
