package io.keycask.kms.benchmarks;

import io.keycask.kms.crypto.AeadKey;
import java.security.GeneralSecurityException;

/** A key of kms-crypto. */
final class KeycaskAead implements KeyedAead {
    private static final String CHOICE_THREAD = "keycask-sm4-choice";
    private static final byte[] NO_ASSOCIATED_DATA = {};

    private final AeadKey key;

    KeycaskAead(AeadKey key) {
        this.key = key;
    }

    /** Waits until kms-crypto has found out which implementation does large SM4-GCM messages in this JVM. */
    static void awaitChoice() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(CHOICE_THREAD)) {
                thread.join();
            }
        }
    }

    @Override
    public void seal(byte[] nonce, byte[] plaintext, byte[] sealed) {
        key.seal(nonce, NO_ASSOCIATED_DATA, plaintext, 0, plaintext.length, sealed, 0);
    }

    @Override
    public void open(byte[] nonce, byte[] sealed, byte[] plaintext) throws GeneralSecurityException {
        key.open(nonce, NO_ASSOCIATED_DATA, sealed, 0, sealed.length, plaintext, 0);
    }
}
