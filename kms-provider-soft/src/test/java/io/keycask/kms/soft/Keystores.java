package io.keycask.kms.soft;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.crypto.spec.SecretKeySpec;

/** Writes keystores as an administrator would. */
final class Keystores {
    private Keystores() {}

    static void write(Path path, String password, String alias, String algorithm, byte[] key) throws Exception {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, null);
        keystore.setEntry(
                alias,
                new KeyStore.SecretKeyEntry(new SecretKeySpec(key, algorithm)),
                new KeyStore.PasswordProtection(password.toCharArray()));
        try (OutputStream out = Files.newOutputStream(path)) {
            keystore.store(out, password.toCharArray());
        }
    }
}
