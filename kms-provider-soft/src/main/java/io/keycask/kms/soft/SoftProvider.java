package io.keycask.kms.soft;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.crypto.AeadKey;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.Health;
import io.keycask.kms.spi.ImportedKey;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyImporting;
import io.keycask.kms.spi.KeyPairs;
import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.PublicKeySealing;
import io.keycask.kms.spi.Resealing;
import io.keycask.kms.spi.Sealed;
import io.keycask.kms.spi.WrappedMaterial;
import io.keycask.kms.spi.WrappingKeyHandle;
import io.keycask.kms.spi.WrappingKeyPair;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;

/**
 * A provider that makes key material in this process and hands it out sealed under a {@link RootKey}.
 *
 * <p>It offers {@link KeySpec#AES_256} with XAES-256-GCM and {@link KeySpec#SM4} with SM4-GCM-HKDF-SM3, made here or
 * imported; key pairs of RSA and EC by the JDK, and of {@link KeySpec#SM2} by Bouncy Castle ({@code
 * org.bouncycastle:bcprov-jdk18on}), which the application has to add for that. The material is in memory while it is used,
 * for up to 1,024 keys and 1,024 key pairs, and never in the clear anywhere else. A root key that is wrong, missing or unreadable is noticed at
 * the first use of something that is sealed already, before anything is written. Thread-safe.
 */
public final class SoftProvider implements KeyProvider, KeyImporting, KeyPairs, PublicKeySealing, Resealing {
    private static final String STANDARD_NAME = "soft";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Set<Capability> CAPABILITIES = Stream.concat(
                    OfferedSpec.capabilities().stream(), OfferedPair.capabilities().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final String name;
    private final RootKeyRing rootKeys;
    private final SealedMaterial sealed;
    private final KeyCache<AeadKey> cache;
    private final KeyCache<UnsealedPair> pairCache;
    private final SoftPairs pairs;
    private final SecureRandom random = new SecureRandom();

    private SoftProvider(String name, RootKeyRing rootKeys, KeyCache<AeadKey> cache, KeyCache<UnsealedPair> pairCache) {
        this.name = name;
        this.rootKeys = rootKeys;
        this.sealed = new SealedMaterial(rootKeys);
        this.cache = cache;
        this.pairCache = pairCache;
        this.pairs = new SoftPairs(sealed, pairCache);
    }

    /** Returns the provider "soft" under this root key, which now belongs to the provider and is closed with it. */
    public static SoftProvider sealedBy(RootKey rootKey) {
        return sealedBy(rootKey, KeyCache.MAX_KEYS);
    }

    static SoftProvider sealedBy(RootKey rootKey, int maxCachedKeys) {
        RootKeyRing ring = new RootKeyRing(requireNonNull(rootKey, "rootKey"), List.of());
        return new SoftProvider(
                STANDARD_NAME,
                ring,
                new KeyCache<>(maxCachedKeys, AeadKey::close),
                new KeyCache<>(maxCachedKeys, UnsealedPair::close));
    }

    /**
     * Returns this provider under another name, so that one engine can hold two. It takes the place of this one.
     *
     * @param name 1 to 32 lower-case letters, digits and hyphens
     * @throws IllegalArgumentException if the name has another form
     */
    public SoftProvider named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("provider name: expected 1 to 32 of a-z, 0-9 and -");
        }
        return new SoftProvider(name, rootKeys, cache, pairCache);
    }

    /**
     * Returns this provider with an earlier root key, which still opens what it sealed; everything new is sealed under the
     * newer one. It takes the place of this one. Once the engine has sealed everything again, leave the earlier root key
     * out.
     */
    public SoftProvider previously(RootKey old) {
        return new SoftProvider(name, rootKeys.previously(requireNonNull(old, "old")), cache, pairCache);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public KeyHandle create(KeySpec spec, KeyVersionRef version) {
        byte[] material = new byte[requireUsable(spec).materialBytes()];
        random.nextBytes(material);
        return sealed.seal(spec, version, material);
    }

    @Override
    public KeyHandle importKey(KeySpec spec, KeyVersionRef version, SecretBytes material) {
        int expected = requireUsable(spec).materialBytes();
        if (material.size() != expected) {
            throw invalid("material of " + spec, material.size(), expected, expected);
        }
        return sealed.seal(spec, version, material.copy());
    }

    @Override
    public WrappingKeyPair createWrappingKey(UUID id) {
        cache.requireOpen();
        KeyPair pair = WrappingKeys.generate();
        byte[] privateKey = pair.getPrivate().getEncoded();
        try {
            byte[] token = rootKeys.seal(SealedFormat.WRAPPING_KEY, Belonging.of(id), privateKey);
            return new WrappingKeyPair(WrappingKeyHandle.of(id, token), (RSAPublicKey) pair.getPublic());
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /** Does nothing: the sealed private key is the token, which the engine deletes. */
    @Override
    public void destroyWrappingKey(WrappingKeyHandle key) {
        cache.requireOpen();
    }

    @Override
    public ImportedKey importWrapped(
            KeySpec spec, KeyVersionRef version, WrappedMaterial wrapped, SecretBytes recognitionKey) {
        int expected = requireUsable(spec).materialBytes();
        WrappingKeyHandle key = wrapped.key();
        byte[] privateKey = rootKeys.open(
                SealedFormat.WRAPPING_KEY, Belonging.of(key.id()), key.token(), "wrapping key " + key.id());
        try {
            byte[] material = WrappingKeys.unwrap(privateKey, wrapped.algorithm(), wrapped.bytes(), expected);
            byte[] recognition = WrappingKeys.recognition(material, recognitionKey);
            return ImportedKey.of(sealed.seal(spec, version, material), recognition);
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /** Wipes the material in memory; what is left of it is the token, which the engine deletes. */
    @Override
    public void destroy(KeyHandle key) {
        requireKnown(key.spec());
        cache.forget(key.version());
        pairs.forget(key.version());
    }

    @Override
    public Sealed encrypt(KeyHandle key, byte[] plaintext, byte[] aad) {
        CiphertextSuite suite = requireUsable(key.spec()).suite();
        requireNonNull(aad, "aad");
        if (plaintext.length > KeyProvider.MAX_PLAINTEXT_BYTES) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PLAINTEXT,
                    "plaintext is " + plaintext.length + " bytes; limit is " + KeyProvider.MAX_PLAINTEXT_BYTES);
        }
        byte[] nonce = new byte[suite.nonceBytes()];
        random.nextBytes(nonce);
        byte[] ciphertext = cache.use(key, this::unseal, k -> k.seal(nonce, aad, plaintext));
        return Sealed.of(suite, nonce, ciphertext);
    }

    @Override
    public SecretBytes decrypt(KeyHandle key, Sealed sealed, byte[] aad) {
        CiphertextSuite suite = requireUsable(key.spec()).suite();
        requireNonNull(aad, "aad");
        byte[] ciphertext = sealed.ciphertextAndTag();
        if (sealed.suite() != suite
                || ciphertext.length > KeyProvider.MAX_PLAINTEXT_BYTES + suite.tagBytes()) { // BLOB-8
            throw new DecryptionException();
        }
        byte[] nonce = sealed.nonce();
        try {
            return SecretBytes.takeFrom(cache.use(key, this::unseal, k -> k.open(nonce, aad, ciphertext)));
        } catch (AEADBadTagException e) {
            throw new DecryptionException();
        }
    }

    private AeadKey unseal(KeyHandle key) {
        OfferedSpec spec = requireUsable(key.spec());
        byte[] material = sealed.open(key);
        try {
            return spec.key(material);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    @Override
    public KeyHandle createPair(KeySpec spec, KeyUsage usage, KeyVersionRef version) {
        return pairs.createPair(spec, usage, version);
    }

    @Override
    public byte[] publicKey(KeyHandle key) {
        return pairs.publicKey(key);
    }

    @Override
    public byte[] sign(KeyHandle key, SignatureAlgorithm algorithm, byte[] digest) {
        return pairs.sign(key, algorithm, digest);
    }

    @Override
    public SecretBytes decryptWithPair(KeyHandle key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        return pairs.decryptWithPair(key, algorithm, ciphertext);
    }

    @Override
    public byte[] sealTo(byte[] publicKey, DecryptionAlgorithm algorithm, SecretBytes plaintext) {
        cache.requireOpen();
        if (plaintext.size() < 1 || plaintext.size() > PublicKeySealing.MAX_PLAINTEXT_BYTES) {
            throw invalid("plaintext", plaintext.size(), 1, PublicKeySealing.MAX_PLAINTEXT_BYTES);
        }
        return plaintext.<byte[], RuntimeException>use(bytes -> ForeignKeys.encrypt(publicKey, algorithm, bytes));
    }

    @Override
    public SecretBytes random(int sizeBytes) {
        cache.requireOpen();
        if (sizeBytes < 1 || sizeBytes > MAX_RANDOM_BYTES) {
            throw invalid("random", sizeBytes, 1, MAX_RANDOM_BYTES);
        }
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return SecretBytes.takeFrom(bytes);
    }

    @Override
    public byte[] sealState(String purpose, SecretBytes secret) {
        cache.requireOpen();
        if (secret.size() > MAX_STATE_BYTES) {
            throw invalid("state", secret.size(), 0, MAX_STATE_BYTES);
        }
        byte[] belongsTo = Belonging.of(purpose);
        return secret.use(bytes -> rootKeys.seal(SealedFormat.STATE, belongsTo, bytes));
    }

    @Override
    public SecretBytes unsealState(String purpose, byte[] sealed) {
        cache.requireOpen();
        byte[] belongsTo = Belonging.of(purpose);
        return SecretBytes.takeFrom(rootKeys.open(SealedFormat.STATE, belongsTo, sealed, "state " + purpose));
    }

    @Override
    public boolean isCurrent(KeyHandle key) {
        cache.requireOpen();
        return rootKeys.isCurrent(SealedFormat.KEY_VERSION, key.token(), what(key));
    }

    @Override
    public KeyHandle reseal(KeyHandle key) {
        requireKnown(key.spec());
        return sealed.seal(key.spec(), key.version(), sealed.open(key));
    }

    @Override
    public boolean isCurrentState(byte[] sealed) {
        cache.requireOpen();
        return rootKeys.isCurrent(SealedFormat.STATE, sealed, "state");
    }

    /** Returns whether the root key can be read; one that does not exist yet, but can be created, is no fault. */
    @Override
    public Health health() {
        return cache.isClosed() ? Health.down("closed") : rootKeys.health();
    }

    private OfferedSpec requireUsable(KeySpec spec) {
        cache.requireOpen();
        return OfferedSpec.of(spec).orElseThrow(() -> refused(spec));
    }

    private void requireKnown(KeySpec spec) {
        cache.requireOpen();
        if (OfferedSpec.of(spec).isEmpty() && OfferedPair.of(spec).isEmpty()) {
            throw refused(spec);
        }
    }

    private KeyUsageException refused(KeySpec spec) {
        return new KeyUsageException(
                ErrorCode.INVALID_KEY_USAGE, "provider " + name + " does not offer keys of " + spec);
    }

    private static InvalidRequestException invalid(String what, int found, int min, int max) {
        String expected = min == max ? String.valueOf(min) : min + " to " + max;
        return new InvalidRequestException(
                ErrorCode.INVALID_PARAMETER_VALUE, what + " of " + found + " bytes; expected " + expected);
    }

    private static String what(KeyHandle key) {
        return "key version " + key.version();
    }

    @Override
    public void close() {
        cache.close();
        pairs.close();
        rootKeys.close();
    }

    @Override
    public String toString() {
        return "SoftProvider[" + name + "]";
    }
}
