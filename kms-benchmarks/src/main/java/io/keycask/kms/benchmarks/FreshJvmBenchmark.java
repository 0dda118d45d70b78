package io.keycask.kms.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * What do the first kilobyte, 64 MiB and gigabyte cost that a JVM encrypts, before anything is compiled?
 *
 * <p>Every shot has a JVM of its own; {@code shotNanos} is the CPU time of all its threads during the shot, with what the compiler
 * does meanwhile ({@code cpu} and {@code cpu.all} would count the set-up as well). Data comes in messages of at most
 * 1 MiB; for {@code keycask-streamed} and Tink's streaming it is one stream. {@code jdk-one-shot} is the {@code Cipher} that most
 * programs write, a message per call. {@code encrypt} begins with an open library, {@code openAndEncrypt} opens it: for Keycask that is
 * a new store, a new root key and a new customer master key. The check of a message comes after the shot, because it would warm the JVM.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
        value = 5,
        jvmArgsAppend = {"-Xmx1g", "--enable-native-access=ALL-UNNAMED"})
public class FreshJvmBenchmark {
    private static final int MESSAGE_BYTES = 1024 * 1024;

    /** Who encrypts, and what. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH sets the fields
    public static class Work {
        /** Who encrypts. */
        @Param({
            "keycask",
            "keycask-streamed",
            "jdk-one-shot",
            "tink-aead",
            "tink-streaming-4k",
            "tink-streaming-1m",
            "aws-esdk"
        })
        public String impl;

        /** How many bytes are encrypted. */
        @Param({"1024", "67108864", "1073741824"})
        public long size;

        private byte[] plaintext;
        private @Nullable Shot shot;

        /** Makes a plaintext. */
        @Setup
        public void prepare() {
            plaintext = new byte[(int) Math.min(size, MESSAGE_BYTES)];
            new Random(size).nextBytes(plaintext);
        }

        /** Checks a message of the library that the shot has opened, and closes it. */
        @TearDown(Level.Iteration)
        public void close() throws GeneralSecurityException, IOException {
            if (shot != null) {
                shot.check(plaintext);
                shot.close();
            }
        }
    }

    /** A library that is open before the shot. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH sets the fields
    public static class Opened {
        private Work work;
        private Shot shot;

        /** Opens the library. */
        @Setup
        public void open(Work work) throws GeneralSecurityException, IOException {
            this.work = work;
            shot = Shot.open(work.impl);
        }

        /** Checks a message and closes the library. */
        @TearDown
        public void close() throws GeneralSecurityException, IOException {
            shot.check(work.plaintext);
            shot.close();
        }
    }

    /** The CPU time of the shot. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class CpuTime {
        /** CPU time of all threads of the process, in nanoseconds. */
        public long shotNanos;

        private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        private Object during(Callable<Object> shot) throws Exception {
            long before = system.getProcessCpuTime();
            Object result = shot.call();
            shotNanos += system.getProcessCpuTime() - before;
            return result;
        }
    }

    /** Encrypts everything. */
    @Benchmark
    public Object encrypt(Work work, Opened opened, CpuTime time) throws Exception {
        return time.during(() -> opened.shot.encrypt(work.plaintext, work.size));
    }

    /** Opens the library and encrypts everything. */
    @Benchmark
    public Object openAndEncrypt(Work work, CpuTime time) throws Exception {
        return time.during(() -> {
            Shot shot = Shot.open(work.impl);
            work.shot = shot;
            return shot.encrypt(work.plaintext, work.size);
        });
    }
}
