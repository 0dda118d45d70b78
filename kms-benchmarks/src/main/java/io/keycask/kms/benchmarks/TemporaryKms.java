package io.keycask.kms.benchmarks;

import io.keycask.kms.Kms;
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

/** Keycask as the README shows it: SQLite and a root-key file, every default as it is, in a folder that closing deletes. */
final class TemporaryKms implements AutoCloseable {
    private final Path folder;
    private final Kms kms;

    TemporaryKms() throws IOException {
        folder = Files.createTempDirectory("keycask-benchmark-");
        kms = open(folder);
    }

    static Kms open(Path folder) {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key"))))
                .build();
    }

    Kms kms() {
        return kms;
    }

    @Override
    public void close() throws IOException {
        kms.close();
        delete(folder);
    }

    /** Deletes a folder with everything in it. */
    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
