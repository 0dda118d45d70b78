package io.keycask.kms.benchmarks;

import io.keycask.kms.crypto.Sm3;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.SM3Digest;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast is SM3?
 *
 * <p>All write the digest into an array of the caller and keep their object. The JDK has no SM3.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class Sm3Benchmark {
    /** Who computes. */
    @Param({"keycask", "bouncycastle", "kona", "kona-native"})
    public String impl;

    /** The length of the message in bytes. */
    @Param({"64", "1024", "4096", "65536", "1048576", "16777216"})
    public int size;

    private final byte[] digest = new byte[Sm3.DIGEST_BYTES];
    private Hash hash;
    private byte[] message;

    private interface Hash {
        void hash(byte[] message, byte[] digest) throws GeneralSecurityException;
    }

    /** Opens the implementation and compares a digest with that of another one. */
    @Setup
    public void open() throws GeneralSecurityException {
        hash = hash(impl);
        message = new byte[size];
        new Random(size).nextBytes(message);
        byte[] expected = new byte[Sm3.DIGEST_BYTES];
        hash(impl.equals("bouncycastle") ? "kona" : "bouncycastle").hash(message, expected);
        if (!Arrays.equals(digest(), expected)) {
            throw new IllegalStateException("another implementation has another digest of the same message");
        }
    }

    private static Hash hash(String impl) throws GeneralSecurityException {
        return switch (impl) {
            case "keycask" -> keycask(new Sm3());
            case "bouncycastle" -> bouncyCastle(new SM3Digest());
            default -> jca(MessageDigest.getInstance("SM3", Peers.provider(impl)));
        };
    }

    private static Hash keycask(Sm3 sm3) {
        return (message, digest) -> {
            sm3.update(message, 0, message.length);
            sm3.digest(digest, 0);
        };
    }

    private static Hash bouncyCastle(SM3Digest sm3) {
        return (message, digest) -> {
            sm3.update(message, 0, message.length);
            sm3.doFinal(digest, 0);
        };
    }

    private static Hash jca(MessageDigest sm3) {
        return (message, digest) -> {
            sm3.update(message, 0, message.length);
            sm3.digest(digest, 0, digest.length);
        };
    }

    /** Message to digest. */
    @Benchmark
    public byte[] digest() throws GeneralSecurityException {
        hash.hash(message, digest);
        return digest;
    }
}
