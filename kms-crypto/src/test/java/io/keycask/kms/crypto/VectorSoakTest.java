package io.keycask.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 100 megabytes of SM4-GCM by the vector code, compared with Bouncy Castle in a JVM of its own that has the Vector API. */
final class VectorSoakTest {
    private static final long BYTES = 100_000_000;

    @Test
    @Tag("soak")
    void seal_100Megabytes_equalsBouncyCastle() throws Exception {
        Path classes = place(Sm4Gcm.class);
        Path vector = classes.resolve("META-INF/versions/25");
        assumeTrue(Runtime.version().feature() == 25 && Files.isDirectory(vector), "the vector code needs JDK 25");
        String classPath = Stream.of(vector, classes, place(VectorSoakTest.class), place(SM4Engine.class))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        classPath,
                        VectorSoakTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("same");
    }

    private static Path place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The program of the other JVM. */
    public static void main(String[] args) throws Exception {
        Bulk bulk = BulkChoice.load();
        if (bulk == null) {
            throw new AssertionError("this JVM has no vector code");
        }
        Random random = new Random(BYTES);
        for (long total = 0; total < BYTES; ) {
            total += compare(bulk, random);
        }
        System.out.println("same");
    }

    private static int compare(Bulk bulk, Random random) throws Exception {
        byte[] keyBytes = AeadKeyContract.bytes(random, 16);
        byte[] nonce = AeadKeyContract.bytes(random, random.nextInt(4) == 0 ? 1 + random.nextInt(64) : 12);
        byte[] aad = AeadKeyContract.bytes(random, random.nextInt(1_500));
        byte[] in = AeadKeyContract.bytes(random, random.nextInt(random.nextBoolean() ? 3_000 : 1_000_000));
        byte[] expected = BouncyCastleGcm.seal(new SM4Engine(), keyBytes, nonce, aad, in);
        GcmMessage message = message(keyBytes, bulk);

        byte[] sealed = new byte[in.length + AeadKey.TAG_BYTES];
        message.start(nonce, aad, in.length);
        message.encrypt(in, 0, in.length, sealed, 0);
        message.tag(sealed, in.length);
        byte[] opened = new byte[in.length];
        message.start(nonce, aad, in.length);
        message.hash(sealed, 0, in.length);
        boolean authentic = message.isTag(sealed, in.length);
        message.crypt(sealed, 0, in.length, opened, 0);

        if (!Arrays.equals(sealed, expected) || !authentic || !Arrays.equals(opened, in)) {
            throw new AssertionError("differs at " + in.length + " bytes, associated data of " + aad.length);
        }
        return in.length;
    }

    private static GcmMessage message(byte[] keyBytes, Bulk bulk) {
        long[] roundKeys = Sm4Key.expand(keyBytes, false);
        byte[] h = new byte[16];
        new Sm4Batch().encryptBlocks(roundKeys, h, 0, h, 0, 1);
        GhashKey hashKey = new GhashKey((long) Bytes.LONG_BE.get(h, 0), (long) Bytes.LONG_BE.get(h, 8));
        hashKey.prepareBulk();
        return new GcmMessage(roundKeys, hashKey, bulk);
    }
}
