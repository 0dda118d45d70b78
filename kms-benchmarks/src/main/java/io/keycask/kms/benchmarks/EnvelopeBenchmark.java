package io.keycask.kms.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;
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
 * What does a message between two arrays cost, a new array for each result included?
 *
 * <ul>
 *   <li>{@code keycask}: a fresh data key per message, wrapped by a customer master key whose state is checked; access control, an
 *       audit trail in SQLite, key commitment. {@code keycask-sm4} is the same by SM4-GCM and HKDF-SM3.
 *   <li>{@code jdk}: the floor, by hand. A fresh data key, wrapped by a key in memory; frames of 64 KiB, which is the JDK's best shape.
 *   <li>{@code tink-aead}: no data keys, one key for all messages. {@code tink-envelope}: fresh data keys, wrapped by a key in memory.
 *       {@code tink-streaming-4k} and {@code -1m}: a derived key per message.
 *   <li>{@code aws-esdk}: the AWS Encryption SDK with fresh data keys that a key in memory wraps, with key commitment and not
 *       signed; {@code aws-esdk-cached} takes its data keys from its cache.
 * </ul>
 *
 * <p>All authenticate an encryption context. None of the peers has a life cycle of keys, access control or an audit trail.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class EnvelopeBenchmark {
    /** Who encrypts. */
    @Param({
        "keycask",
        "keycask-sm4",
        "jdk",
        "tink-aead",
        "tink-envelope",
        "tink-streaming-4k",
        "tink-streaming-1m",
        "aws-esdk",
        "aws-esdk-cached"
    })
    public String impl;

    /** The length of the plaintext in bytes. */
    @Param({"64", "1024", "4096", "65536", "1048576", "16777216"})
    public int size;

    private Envelope envelope;
    private byte[] plaintext;
    private byte[] message;

    /** Opens the implementation and checks a message of it, by another program too. */
    @Setup
    public void open() throws GeneralSecurityException, IOException, InterruptedException {
        envelope = Envelopes.open(impl);
        plaintext = new byte[size];
        new Random(size).nextBytes(plaintext);
        message = envelope.checked(plaintext);
        KeycaskAead.awaitChoice();
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
