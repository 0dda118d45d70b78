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
 * What does a record cost in Keycask, and what of that is the bare JDK cipher?
 *
 * <p>Both return a new array that holds a random nonce, ciphertext and tag, with associated data, under a key that stays.
 * XAES-256-GCM there, AES-256-GCM here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class RecordBenchmark {
    /** Who encrypts. */
    @Param({"keycask", "jdk"})
    public String impl;

    /** The length of the value in bytes. */
    @Param({"64", "1024", "4096", "65536", "1048576", "16777216"})
    public int size;

    private Envelope records;
    private byte[] value;
    private byte[] record;

    /** Opens the implementation and checks a record of it, by another program too. */
    @Setup
    public void open() throws GeneralSecurityException, IOException {
        records = impl.equals("jdk") ? new JdkRecords() : new KeycaskRecords();
        value = new byte[size];
        new Random(size).nextBytes(value);
        record = records.checked(value);
    }

    /** Value to record. */
    @Benchmark
    public byte[] encrypt() throws GeneralSecurityException {
        return records.encrypt(value);
    }

    /** Record to value. */
    @Benchmark
    public byte[] decrypt() throws GeneralSecurityException {
        return records.decrypt(record);
    }

    /** Closes the implementation. */
    @TearDown
    public void close() throws IOException {
        records.close();
    }
}
