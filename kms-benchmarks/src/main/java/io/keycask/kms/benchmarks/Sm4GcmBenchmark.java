package io.keycask.kms.benchmarks;

import io.keycask.kms.crypto.Sm4Gcm;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.engines.SM4Engine;
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
 * How fast is SM4-GCM of one message under a key that stays, and how much garbage does it make?
 *
 * <p>All write into an array of the caller, with a new nonce for every message and no associated data. {@code keycask} is plain
 * Java; with {@code -jvmArgsPrepend "--add-modules jdk.incubator.vector"} on JDK 25 it is the Vector API, if kms-crypto finds that
 * faster on this processor, which the set-up waits for. {@code -prof gc} adds the allocation per operation.
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
public class Sm4GcmBenchmark {
    /** Who encrypts. */
    @Param({"keycask", "bouncycastle", "kona", "kona-native"})
    public String impl;

    /** The length of the plaintext in bytes. */
    @Param({"64", "1024", "4096", "65536", "1048576", "16777216"})
    public int size;

    private AeadState state;

    /** Opens the implementation and compares a message with that of another one. */
    @Setup
    public void open() throws GeneralSecurityException, InterruptedException {
        byte[] key = new byte[Sm4Gcm.KEY_BYTES];
        Arrays.fill(key, (byte) 0x5a);
        KeyedAead oracle = impl.equals("bouncycastle") ? jca("kona", key) : bouncyCastle(key);
        KeyedAead aead = switch (impl) {
            case "keycask" -> new KeycaskAead(Sm4Gcm.of(key));
            case "bouncycastle" -> bouncyCastle(key);
            default -> jca(impl, key);
        };
        KeycaskAead.awaitChoice();
        state = new AeadState(aead, oracle, size);
    }

    private static KeyedAead bouncyCastle(byte[] key) {
        return new BouncyCastleAead(new SM4Engine(), key);
    }

    private static KeyedAead jca(String impl, byte[] key) throws GeneralSecurityException {
        return new JcaAead(Peers.provider(impl), "SM4", key);
    }

    /** Plaintext to ciphertext and tag. */
    @Benchmark
    public byte[] encrypt() throws GeneralSecurityException {
        return state.seal();
    }

    /** Ciphertext and tag to plaintext. */
    @Benchmark
    public byte[] decrypt() throws GeneralSecurityException {
        return state.open();
    }
}
