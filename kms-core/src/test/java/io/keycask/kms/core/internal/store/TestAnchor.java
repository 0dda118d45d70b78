package io.keycask.kms.core.internal.store;

import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** An anchor whose root key is one byte: AES-256-GCM, as a provider would do it. */
final class TestAnchor implements StoreAnchor {
    private static final int NONCE_BYTES = 12;

    private final String provider;
    private final SecretKeySpec root;

    TestAnchor(int root) {
        this("test", root);
    }

    TestAnchor(String provider, int root) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) root);
        this.provider = provider;
        this.root = new SecretKeySpec(key, "AES");
    }

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public byte[] seal(String purpose, SecretBytes secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] body = secret.use(bytes -> cipher(Cipher.ENCRYPT_MODE, purpose, nonce, bytes));
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + body.length);
        System.arraycopy(body, 0, sealed, NONCE_BYTES, body.length);
        return sealed;
    }

    @Override
    public SecretBytes unseal(String purpose, byte[] sealed) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] body = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return SecretBytes.takeFrom(cipher(Cipher.DECRYPT_MODE, purpose, nonce, body));
    }

    private byte[] cipher(int mode, String purpose, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, root, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw ProviderException.permanent("the root key is another", e);
        }
    }
}
