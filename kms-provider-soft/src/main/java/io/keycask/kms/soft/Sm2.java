package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import java.util.function.Supplier;

/** SM2 by Bouncy Castle, if it is there; otherwise an error that names the artifact. */
final class Sm2 {
    private Sm2() {}

    static PairMaterial generate() {
        return withBouncyCastle(Sm2BouncyCastle::generate);
    }

    static PrivateKeyUse open(byte[] pkcs8) {
        return withBouncyCastle(() -> Sm2BouncyCastle.open(pkcs8));
    }

    /** Returns {@code 04 || x || y || C3 || C2}. */
    static byte[] encrypt(byte[] publicKey, byte[] plaintext) {
        return withBouncyCastle(() -> Sm2BouncyCastle.encrypt(publicKey, plaintext));
    }

    private static <T> T withBouncyCastle(Supplier<T> action) {
        try {
            return action.get();
        } catch (NoClassDefFoundError e) {
            throw ProviderException.permanent("SM2 needs org.bouncycastle:bcprov-jdk18on, which is not there", e);
        }
    }
}
