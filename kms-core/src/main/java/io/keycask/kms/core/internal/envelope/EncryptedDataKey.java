package io.keycask.kms.core.internal.envelope;

import java.util.Arrays;

/** One entry of a header's list of wrapped data keys: who wrapped it, under which key, and the wrapped key. */
final class EncryptedDataKey {
    private final byte[] providerId;
    private final byte[] providerInfo;
    private final byte[] ciphertext;

    /** Takes the arrays as they are; nobody changes them. */
    EncryptedDataKey(byte[] providerId, byte[] providerInfo, byte[] ciphertext) {
        this.providerId = providerId;
        this.providerInfo = providerInfo;
        this.ciphertext = ciphertext;
    }

    /** Returns the length of an entry whose parts have these lengths. */
    static long bytes(int providerIdBytes, int providerInfoBytes, int ciphertextBytes) {
        return 3L * Short.BYTES + providerIdBytes + providerInfoBytes + ciphertextBytes;
    }

    /** Returns its length in a header. */
    long size() {
        return bytes(providerId.length, providerInfo.length, ciphertext.length);
    }

    boolean isOf(byte[] provider) {
        return Arrays.equals(providerId, provider);
    }

    byte[] providerId() {
        return providerId;
    }

    byte[] providerInfo() {
        return providerInfo;
    }

    byte[] ciphertext() {
        return ciphertext;
    }
}
