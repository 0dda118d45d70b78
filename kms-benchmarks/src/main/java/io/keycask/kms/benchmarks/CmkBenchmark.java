package io.keycask.kms.benchmarks;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DataKeySpec;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.NewKey;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.EmbeddedKms;
import io.keycask.kms.core.JdbcStore;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.Sealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does an operation of a customer master key cost, and what of that is the provider's?
 *
 * <p>The root caller, SQLite, every default as it is; {@code strict} lets each operation wait for its audit event on the
 * disk. {@code provider} is the bare call of the software provider. Run with {@code -t 1}, {@code -t 2}, and {@code -t 8}
 * for strict. Audit cannot be turned off, so there is no such line. Read the {@code cpu} line too: with grouped audit the
 * writer's work is on another thread, and who encrypts faster than it writes waits for it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class CmkBenchmark {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final byte[] AAD = "an encryption context".getBytes(StandardCharsets.US_ASCII);

    /** What is measured. */
    @Param({"grouped", "strict", "provider"})
    public String audit;

    private final byte[] plaintext = new byte[32];
    private Path folder;
    private KeyProvider provider;
    private KeyHandle handle;
    private Sealed sealed;
    private EmbeddedKms kms;
    private SymmetricCmk key;
    private Ciphertext ciphertext;

    /** Opens the service and a provider of its own for the bare calls. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("keycask-benchmark-");
        provider = SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/bare.key")));
        handle = provider.create(KeySpec.AES_256, new KeyVersionRef(new KeyId(UUID.randomUUID()), new KeyVersionId(1)));
        sealed = provider.encrypt(handle, plaintext, AAD);
        EmbeddedKms.Builder builder = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(folder.resolve("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key"))));
        kms = audit.equals("strict") ? builder.strictAudit().build() : builder.build();
        key = kms.createKey(NewKey.named("benchmark"));
        ciphertext = key.encrypt(plaintext, CONTEXT);
    }

    private boolean isBare() {
        return audit.equals("provider");
    }

    /** 32 bytes to a ciphertext. */
    @Benchmark
    public Object encrypt() {
        return isBare() ? provider.encrypt(handle, plaintext, AAD) : key.encrypt(plaintext, CONTEXT);
    }

    /** A ciphertext to 32 bytes. */
    @Benchmark
    public int decrypt() {
        if (!isBare()) {
            return key.decrypt(ciphertext, CONTEXT).length;
        }
        try (SecretBytes opened = provider.decrypt(handle, sealed, AAD)) {
            return opened.size();
        }
    }

    /** A fresh data key of 32 bytes with its wrapped form; bare: random bytes, and their encryption. */
    @Benchmark
    public int generateDataKey() {
        if (!isBare()) {
            try (DataKey dataKey = key.generateDataKey(DataKeySpec.AES_256, CONTEXT)) {
                return dataKey.size();
            }
        }
        try (SecretBytes random = provider.random(32)) {
            return random.<Sealed, RuntimeException>use(bytes -> provider.encrypt(handle, bytes, AAD))
                    .ciphertextAndTag()
                    .length;
        }
    }

    /** Closes everything and deletes the folder. */
    @TearDown
    public void close() throws IOException {
        kms.close();
        provider.close();
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
