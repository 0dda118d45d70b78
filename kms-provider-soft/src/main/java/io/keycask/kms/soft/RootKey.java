package io.keycask.kms.soft;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.ProviderException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key under which a {@link SoftProvider} seals everything that it hands out: who has the store and this key has all
 * customer master keys, who loses it has lost them.
 *
 * <p>Nothing is read, and nothing created, before the first use. Then the keys that the provider needs are derived, and
 * passwords and the root key itself are wiped. A root key belongs to the one provider that it is given to, which closes it.
 * What cannot be read is reported by the provider's call as a permanent {@link ProviderException}. Thread-safe.
 */
public final class RootKey implements AutoCloseable {
    private final Object lock = new Object();
    private final RootKeySource source;
    private boolean closed;
    private volatile @Nullable SealingKeys loaded;

    RootKey(RootKeySource source) {
        this.source = source;
    }

    /**
     * Returns a root key in a file of its own, which is created on the first use that seals something: readable by its
     * owner only, in a folder that is created likewise if it is not there. Keep a copy of it, apart from the store.
     *
     * <p>Processes that start at once agree on one key. A file that others can read or write, a folder that others can
     * write to (both where there are POSIX permissions) and a damaged file are refused. The file system needs hard links.
     */
    public static RootKey file(Path path) {
        return new RootKey(new FileRootKey(requireNonNull(path, "path")));
    }

    /**
     * Returns a root key that Argon2id derives from a passphrase: 64 MiB, 3 passes, 1 lane, which takes around half a
     * second at the first use. Needs {@code org.bouncycastle:bcprov-jdk18on} at run time.
     *
     * @param passphrase copied, so that the caller can wipe it; taken as it is, without Unicode normalization
     * @param parametersFile holds the salt and the cost, which are no secrets but just as necessary as the passphrase:
     *     created and checked like {@link #file}
     * @throws IllegalArgumentException if the passphrase is empty, or no well-formed Unicode
     */
    public static RootKey passphrase(char[] passphrase, Path parametersFile) {
        return passphrase(passphrase, parametersFile, Argon2Parameters.STANDARD_COST);
    }

    static RootKey passphrase(char[] passphrase, Path parametersFile, Argon2Parameters.Cost costOfNewFiles) {
        return new RootKey(
                new PassphraseRootKey(passphrase, requireNonNull(parametersFile, "parametersFile"), costOfNewFiles));
    }

    /**
     * Returns a root key that stands as an AES key of 256 bits in a PKCS#12 keystore.
     *
     * @param pkcs12 never created or changed
     * @param password of the keystore and of the entry; copied, so that the caller can wipe it
     * @param alias the entry
     */
    public static RootKey keystore(Path pkcs12, char[] password, String alias) {
        return new RootKey(new KeystoreRootKey(pkcs12, password, requireNonNull(alias, "alias")));
    }

    /**
     * Returns a root key of these 32 bytes, which have to be uniformly random.
     *
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public static RootKey of(byte[] bytes) {
        return new RootKey(GivenRootKey.copyOf(bytes));
    }

    /**
     * Returns a root key of these 32 bytes, and wipes the source.
     *
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public static RootKey takeFrom(byte[] source) {
        RootKey rootKey = of(source);
        Arrays.fill(source, (byte) 0);
        return rootKey;
    }

    /** Returns the keys; empty if the root key does not exist yet. */
    Optional<SealingKeys> find() {
        SealingKeys keys = loaded;
        if (keys != null) {
            return Optional.of(keys);
        }
        synchronized (lock) {
            requireOpen();
            return loaded != null ? Optional.of(loaded) : source.find().map(this::load);
        }
    }

    /** Returns the keys, and creates the root key if it does not exist yet. */
    SealingKeys findOrCreate() {
        SealingKeys keys = loaded;
        if (keys != null) {
            return keys;
        }
        synchronized (lock) {
            requireOpen();
            return loaded != null ? loaded : load(source.findOrCreate());
        }
    }

    private SealingKeys load(byte[] rootKey) {
        SealingKeys keys = SealingKeys.takeFrom(rootKey);
        loaded = keys;
        source.close();
        return keys;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the root key is closed");
        }
    }

    /** Wipes the keys, for good. Idempotent; the provider that uses the root key does it. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            source.close();
            SealingKeys keys = loaded;
            if (keys != null) {
                keys.close();
                loaded = null;
            }
        }
    }

    /** Returns where the key comes from, without a secret. */
    @Override
    public String toString() {
        return "RootKey[" + source + "]";
    }

    /** Returns where the key comes from, for a message. */
    String origin() {
        return source.toString();
    }
}
