package io.keycask.kms.benchmarks;

import java.io.ByteArrayInputStream;
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
 * What does a message cost that is streamed, out of an array and into one of the caller, in bounded memory?
 *
 * <p>The streams are read and written in pieces of 64 KiB, as from a socket or a file. {@code keycask} and {@code aws-esdk} have a fresh
 * data key per message; Tink derives the message's key from one that stays.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class StreamBenchmark {
    /** Who encrypts. */
    @Param({"keycask", "tink-streaming-4k", "tink-streaming-1m", "aws-esdk"})
    public String impl;

    /** The length of the plaintext in bytes. */
    @Param({"64", "1024", "4096", "65536", "1048576", "16777216"})
    public int size;

    private StreamCipher cipher;
    private byte[] plaintext;
    private byte[] message;
    private byte[] out;

    /** Opens the implementation and checks a message of it, by another program too. */
    @Setup
    public void open() throws GeneralSecurityException, IOException {
        cipher = Envelopes.openStream(impl);
        plaintext = new byte[size];
        new Random(size).nextBytes(plaintext);
        message = new StreamedEnvelope(cipher).checked(plaintext);
        out = new byte[message.length];
    }

    /** Plaintext to message. */
    @Benchmark
    public byte[] encrypt() throws GeneralSecurityException, IOException {
        cipher.encrypt(new ByteArrayInputStream(plaintext), new ArrayOutput(out));
        return out;
    }

    /** Message to plaintext. */
    @Benchmark
    public byte[] decrypt() throws GeneralSecurityException, IOException {
        cipher.decrypt(new ByteArrayInputStream(message), new ArrayOutput(out));
        return out;
    }

    /** Closes the implementation. */
    @TearDown
    public void close() throws IOException {
        cipher.close();
    }
}
