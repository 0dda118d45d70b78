package io.keycask.kms.crypto;

import java.util.Arrays;
import java.util.Random;

/**
 * A program that {@link BulkIT} runs from the jar: says which bulk implementation this JVM has, and compares it with plain Java at
 * all lengths that could make a difference. Needs no other library.
 */
final class BulkCheck {
    private BulkCheck() {}

    public static void main(String[] args) {
        Bulk bulk = BulkChoice.load();
        System.out.println("bulk: " + (bulk == null ? "none" : bulk.name()));
        System.out.println("module: " + BulkCheck.class.getModule().isNamed());
        Random random = new Random(25);
        for (int length = 0; length <= 4800; length += 1 + random.nextInt(9)) {
            compare(bulk, random, length, random.nextInt(2) == 0 ? 0 : random.nextInt(1500));
        }
        for (int i = 0; i < 10; i++) {
            compare(bulk, random, 40_000 + random.nextInt(40_000), 20);
        }
        System.out.println("same");
    }

    private static void compare(Bulk bulk, Random random, int length, int aadLength) {
        byte[] keyBytes = bytes(random, 16);
        long[] roundKeys = Sm4Key.expand(keyBytes, false);
        GhashKey hashKey = new GhashKey(random.nextLong(), random.nextLong());
        hashKey.prepareBulk();
        byte[] nonce = bytes(random, random.nextInt(4) == 0 ? 16 : 12);
        byte[] aad = bytes(random, aadLength);
        byte[] in = bytes(random, length);
        byte[] plain = seal(new GcmMessage(roundKeys, hashKey, null), nonce, aad, in);
        byte[] other = seal(new GcmMessage(roundKeys, hashKey, bulk), nonce, aad, in);
        if (!Arrays.equals(plain, other)) {
            throw new AssertionError("differs at " + length + " bytes, associated data of " + aadLength);
        }
    }

    private static byte[] seal(GcmMessage message, byte[] nonce, byte[] aad, byte[] in) {
        byte[] out = new byte[in.length + AeadKey.TAG_BYTES];
        message.start(nonce, aad, in.length);
        message.encrypt(in, 0, in.length, out, 0);
        message.tag(out, in.length);
        return out;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
