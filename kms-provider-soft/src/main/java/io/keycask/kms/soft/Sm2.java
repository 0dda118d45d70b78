package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;

/** SM2 by Bouncy Castle, if it is there; otherwise an error that names the artifact. */
final class Sm2 {
    private Sm2() {}

    static PairMaterial generate() {
        requireBouncyCastle();
        return Sm2BouncyCastle.generate();
    }

    static PrivateKeyUse open(byte[] pkcs8) {
        requireBouncyCastle();
        return Sm2BouncyCastle.open(pkcs8);
    }

    /** Returns {@code 04 || x || y || C3 || C2}. */
    static byte[] encrypt(byte[] publicKey, byte[] plaintext) {
        requireBouncyCastle();
        return Sm2BouncyCastle.encrypt(publicKey, plaintext);
    }

    private static void requireBouncyCastle() {
        try {
            Sm2BouncyCastle.requirePresent();
        } catch (NoClassDefFoundError e) {
            throw ProviderException.permanent("SM2 needs org.bouncycastle:bcprov-jdk18on, which is not there", e);
        }
    }
}
