package io.keycask.kms.benchmarks;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeySpec;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * What does an envelope message cost in Keycask, and what of that is the bare JDK cipher?
 *
 * <p>{@code keycask-sm4} is Keycask with an SM4 key: SM4-GCM with HKDF-SM3, to be read against the bare rate of SM4-GCM. The two
 * others make the same shape in memory: a fresh AES-256 data key per message, wrapped under one that stays; the body in
 * frames of AES-256-GCM, an encryption context authenticated with it. Keycask adds what it is for: the state of the
 * customer master key, access control, the audit trail in SQLite, key commitment, a format that other programs read. Read
 * the {@code cpu} line on a machine that does other work too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class EnvelopeBenchmark {
    /** Who encrypts. */
    @Param({"keycask", "keycask-sm4", "jdk"})
    public String impl;

    /** The length of the plaintext in bytes. */
    @Param({"64", "1024", "65536", "1048576", "16777216"})
    public int size;

    private Envelope envelope;
    private byte[] plaintext;
    private byte[] message;

    /** Opens the implementation and checks that it opens what it encrypted. */
    @Setup
    public void open() throws GeneralSecurityException, IOException {
        EncryptionContext context = EncryptionContext.of("tenant", "t1");
        envelope = open(context);
        plaintext = new byte[size];
        new Random(size).nextBytes(plaintext);
        message = envelope.encrypt(plaintext);
        if (!Arrays.equals(envelope.decrypt(message), plaintext)) {
            throw new IllegalStateException(impl + " does not decrypt what it encrypted");
        }
    }

    private Envelope open(EncryptionContext context) throws IOException {
        return switch (impl) {
            case "jdk" -> new JdkEnvelope(context.toBytes());
            case "keycask-sm4" -> new KeycaskEnvelope(context, KeySpec.SM4);
            default -> new KeycaskEnvelope(context, KeySpec.AES_256);
        };
    }

    /** Plaintext to message. */
    @Benchmark
    public byte[] encrypt() throws GeneralSecurityException {
        return envelope.encrypt(plaintext);
    }

    /** Message to plaintext. */
    @Benchmark
    public byte[] decrypt() throws GeneralSecurityException {
        return envelope.decrypt(message);
    }

    /** Closes the implementation. */
    @TearDown
    public void close() throws IOException {
        envelope.close();
    }
}
