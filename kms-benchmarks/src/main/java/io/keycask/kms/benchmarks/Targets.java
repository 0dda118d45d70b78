package io.keycask.kms.benchmarks;

import java.util.List;

/** The targets of the data path and of SM4: what {@code bin/benchmarks targets} measures. */
final class Targets {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;
    private static final String BOTH_WAYS = "encrypt+decrypt";

    static final List<Target> DATA_PATH = List.of(
            Target.of("envelope of 1 and 16 MiB, rate", "the JDK in pieces of 64 KiB")
                    .in("EnvelopeBenchmark", BOTH_WAYS, "keycask", "jdk", MIB, 16 * MIB)
                    .atLeast(17, 0.85)
                    .atLeast(25, 0.85),
            Target.of("16 MiB streamed", "Tink streaming, 4 KB")
                    .in("StreamBenchmark", BOTH_WAYS, "keycask", "tink-streaming-4k", 16 * MIB)
                    .atLeast(17, 1.5)
                    .atLeast(25, 3),
            Target.of("16 MiB streamed", "AWS Encryption SDK")
                    .in("StreamBenchmark", BOTH_WAYS, "keycask", "aws-esdk", 16 * MIB)
                    .atLeast(17, 1.2)
                    .atLeast(25, 2),
            firstGiB("Tink AEAD", "keycask", "tink-aead"),
            firstGiB("Tink streaming, 1 MB", "keycask-streamed", "tink-streaming-1m"),
            first64MiB("the JDK's Cipher, one call", "jdk-one-shot"),
            first64MiB("Tink AEAD", "tink-aead"),
            small("envelope of 64 B and 1 KiB", "AWS Encryption SDK", "keycask", "aws-esdk"),
            small("the same, all threads (the audit trail too)", "AWS Encryption SDK", "keycask", "aws-esdk")
                    .by(Result.ALL_CPU),
            record("record of 64 B, cost", 64, 1.4),
            record("record of 1 KiB, cost", KIB, 1.2));

    static final List<Target> SM4 = List.of(
            sm4("SM4-GCM of 1 and 64 KiB", KIB, 64 * KIB).atLeast(17, 2).atLeast(25, 2),
            sm4("SM4-GCM of 64 B", 64).atLeast(17, 1.2).atLeast(25, 1.2),
            sm4("SM4-GCM of 64 KiB to 16 MiB, Vector API", 64 * KIB, MIB, 16 * MIB)
                    .withVectors()
                    .atLeast(25, 20),
            sm4("SM4-GCM of 1 KiB, Vector API", KIB).withVectors().atLeast(25, 10),
            Target.of("SM4-GCM of 64 KiB to 16 MiB, Vector API", "Kona, native")
                    .in("Sm4GcmBenchmark", BOTH_WAYS, "keycask", "kona-native", 64 * KIB, MIB, 16 * MIB)
                    .withVectors()
                    .atLeast(25, 10),
            Target.of("SM3 of 64 B to 16 MiB", "Bouncy Castle")
                    .in("Sm3Benchmark", "digest", "keycask", "bouncycastle", 64, KIB, 4 * KIB, 64 * KIB, MIB, 16 * MIB)
                    .atLeast(17, 1)
                    .atLeast(25, 1),
            sm4Envelope("envelope of 16 MiB by SM4, rate").atLeast(17, 0.9).atLeast(25, 0.9),
            sm4Envelope("envelope of 16 MiB by SM4, Vector API, rate")
                    .withVectors()
                    .atLeast(25, 0.9));

    private Targets() {}

    private static Target firstGiB(String peerName, String impl, String peer) {
        return Target.of("the first GiB of a JVM's life", peerName)
                .in("FreshJvmBenchmark", "encrypt", impl, peer, GIB)
                .by(Result.SHOT_CPU)
                .atLeast(17, 20)
                .atLeast(25, 25);
    }

    private static Target first64MiB(String peerName, String peer) {
        return Target.of("the first 64 MiB of a JVM's life", peerName)
                .in("FreshJvmBenchmark", "encrypt", "keycask", peer, 64 * MIB)
                .by(Result.SHOT_CPU)
                .atLeast(17, 4)
                .atLeast(25, 4);
    }

    private static Target small(String what, String peerName, String impl, String peer) {
        return Target.of(what, peerName)
                .in("EnvelopeBenchmark", BOTH_WAYS, impl, peer, 64, KIB)
                .atLeast(17, 4)
                .atLeast(25, 4);
    }

    private static Target record(String what, long size, double limit) {
        return Target.of(what, "the JDK's Cipher, reused")
                .in("RecordBenchmark", BOTH_WAYS, "keycask", "jdk", size)
                .costAtMost(17, limit)
                .costAtMost(25, limit);
    }

    private static Target sm4(String what, long... sizes) {
        return Target.of(what, "Bouncy Castle").in("Sm4GcmBenchmark", BOTH_WAYS, "keycask", "bouncycastle", sizes);
    }

    private static Target sm4Envelope(String what) {
        return Target.of(what, "bare SM4-GCM")
                .between("Sm4GcmBenchmark", "keycask", "EnvelopeBenchmark", "keycask-sm4", BOTH_WAYS, 16 * MIB);
    }
}
