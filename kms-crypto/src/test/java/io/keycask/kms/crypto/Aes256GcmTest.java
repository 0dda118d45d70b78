package io.keycask.kms.crypto;

import org.bouncycastle.crypto.engines.AESEngine;

final class Aes256GcmTest extends AeadKeyContract {
    @Override
    int keyBytes() {
        return Aes256Gcm.KEY_BYTES;
    }

    @Override
    int nonceBytes() {
        return Aes256Gcm.NONCE_BYTES;
    }

    @Override
    AeadKey key(byte[] bytes) {
        return Aes256Gcm.of(bytes);
    }

    @Override
    byte[] oracle(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) throws Exception {
        return BouncyCastleGcm.seal(AESEngine.newInstance(), key, nonce, aad, plaintext);
    }
}
