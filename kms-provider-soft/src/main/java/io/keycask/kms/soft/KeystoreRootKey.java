package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** A root key that stands as an AES-256 key in a PKCS#12 keystore. */
final class KeystoreRootKey implements RootKeySource {
    private final Path path;
    private final char[] password;
    private final String alias;
    private boolean closed;

    KeystoreRootKey(Path pkcs12, char[] password, String alias) {
        this.path = pkcs12.toAbsolutePath();
        this.password = password.clone();
        this.alias = alias;
    }

    @Override
    public Optional<byte[]> find() {
        return Optional.of(findOrCreate());
    }

    /** Creates nothing: the keystore belongs to the user. */
    @Override
    public byte[] findOrCreate() {
        if (closed) {
            throw new IllegalStateException("the root key is closed");
        }
        try (InputStream in = Files.newInputStream(path)) {
            KeyStore keystore = KeyStore.getInstance("PKCS12");
            keystore.load(in, password);
            return aes256(keystore.getKey(alias, password));
        } catch (NoSuchFileException e) {
            throw failed("is missing", e);
        } catch (IOException e) {
            throw failed("cannot be read, or its password is another", e);
        } catch (GeneralSecurityException e) {
            throw failed("has no readable key " + alias, e);
        }
    }

    private byte[] aes256(@Nullable Key key) {
        if (!(key instanceof SecretKey) || !key.getAlgorithm().equals("AES")) {
            throw failed("has no AES key " + alias, null);
        }
        byte[] encoded = key.getEncoded();
        if (encoded == null || encoded.length != SealingKeys.ROOT_KEY_BYTES) {
            throw failed("has no AES key of 256 bits under " + alias, null);
        }
        return encoded;
    }

    private ProviderException failed(String how, @Nullable Exception cause) {
        return ProviderException.permanent(this + " " + how, cause);
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(password, '\0');
    }

    @Override
    public String toString() {
        return "keystore " + path;
    }
}
