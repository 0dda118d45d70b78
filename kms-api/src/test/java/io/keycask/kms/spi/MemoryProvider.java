package io.keycask.kms.spi;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A provider for tests that works as an HSM does: material stays in a {@link Device}, tokens are only names, creation is
 * idempotent, and what is destroyed is gone. Its key pairs are few and serve one usage each; it does not encrypt to public
 * keys.
 */
public final class MemoryProvider implements KeyProvider, KeyImporting, KeyPairs {
    private static final CiphertextSuite SUITE = CiphertextSuite.AES_256_GCM;
    private static final int KEY_BYTES = 32;
    private static final Set<Capability> CAPABILITIES = Set.of(
            Capability.encrypt(KeySpec.AES_256, SUITE),
            Capability.importing(KeySpec.AES_256),
            Capability.sign(KeySpec.RSA_2048, SignatureAlgorithm.RSA_PKCS1_SHA_256),
            Capability.decrypt(KeySpec.RSA_2048, DecryptionAlgorithm.RSAES_OAEP_SHA_1),
            Capability.sign(KeySpec.EC_P256, SignatureAlgorithm.ECC_P256_R1));

    /** The keys, which outlive a provider. */
    public static final class Device {
        private final Map<KeyVersionRef, byte[]> keys = new ConcurrentHashMap<>();
        private final Map<UUID, KeyPair> wrappingKeys = new ConcurrentHashMap<>();
        private final Map<KeyVersionRef, JdkPair> pairs = new ConcurrentHashMap<>();
        private final byte[] stateKey = fresh(KEY_BYTES);

        /** A device without a key. */
        public Device() {}

        /** Returns how many keys and key pairs there are. */
        public int size() {
            return keys.size() + pairs.size();
        }

        /** Returns how many wrapping keys there are. */
        public int wrappingKeys() {
            return wrappingKeys.size();
        }
    }

    private final String name;
    private final Device device;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A provider of this name on a device. */
    public MemoryProvider(String name, Device device) {
        this.name = name;
        this.device = device;
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
        requireUsable(spec);
        device.keys.computeIfAbsent(version, v -> fresh(KEY_BYTES));
        return KeyHandle.of(spec, version, token(version));
    }

    @Override
    public KeyHandle importKey(KeySpec spec, KeyVersionRef version, SecretBytes material) {
        requireUsable(spec);
        requireSize(material.size(), KEY_BYTES, KEY_BYTES, ErrorCode.INVALID_PARAMETER_VALUE);
        device.keys.put(version, material.copy());
        return KeyHandle.of(spec, version, token(version));
    }

    @Override
    public WrappingKeyPair createWrappingKey(UUID id) {
        requireOpen();
        KeyPair pair = device.wrappingKeys.computeIfAbsent(id, i -> RsaPairs.next());
        WrappingKeyHandle handle = WrappingKeyHandle.of(id, id.toString().getBytes(StandardCharsets.US_ASCII));
        return new WrappingKeyPair(handle, (RSAPublicKey) pair.getPublic());
    }

    @Override
    public void destroyWrappingKey(WrappingKeyHandle key) {
        requireOpen();
        device.wrappingKeys.remove(key.id());
    }

    @Override
    public ImportedKey importWrapped(
            KeySpec spec, KeyVersionRef version, WrappedMaterial wrapped, SecretBytes recognitionKey) {
        requireUsable(spec);
        KeyPair pair = device.wrappingKeys.get(wrapped.key().id());
        byte[] expected = wrapped.key().id().toString().getBytes(StandardCharsets.US_ASCII);
        if (pair == null || !Arrays.equals(expected, wrapped.key().token())) {
            throw ProviderException.permanent("no wrapping key " + wrapped.key().id(), null);
        }
        byte[] material = IndependentUnwrapping.unwrap(pair, wrapped)
                .filter(bytes -> bytes.length == KEY_BYTES)
                .orElseThrow(() -> new InvalidRequestException(ErrorCode.DECRYPT_MATERIAL_ERROR, "not material"));
        device.keys.put(version, material);
        // as a device does that cannot feed a key into a MAC
        byte[] recognition =
                recognitionKey.<byte[], RuntimeException>use(key -> IndependentUnwrapping.hmac(material, key));
        return ImportedKey.of(KeyHandle.of(spec, version, token(version)), recognition);
    }

    @Override
    public void destroy(KeyHandle key) {
        requireOpen();
        if (CAPABILITIES.stream().noneMatch(capability -> capability.spec().equals(key.spec()))) {
            throw refused("keys of " + key.spec());
        }
        device.keys.remove(key.version());
        device.pairs.remove(key.version());
    }

    @Override
    public KeyHandle createPair(KeySpec spec, KeyUsage usage, KeyVersionRef version) {
        requireOpen();
        boolean offered = spec.equals(KeySpec.RSA_2048)
                ? usage == KeyUsage.ASYMMETRIC_SIGN_VERIFY || usage == KeyUsage.ASYMMETRIC_DECRYPT
                : spec.equals(KeySpec.EC_P256) && usage == KeyUsage.ASYMMETRIC_SIGN_VERIFY;
        if (!offered) {
            throw refused(usage + " with keys of " + spec);
        }
        device.pairs.computeIfAbsent(version, v -> JdkPair.generate(spec, usage));
        return KeyHandle.of(spec, version, token(version));
    }

    @Override
    public byte[] publicKey(KeyHandle key) {
        return findPair(key).publicKey();
    }

    @Override
    public byte[] sign(KeyHandle key, SignatureAlgorithm algorithm, byte[] digest) {
        requireOffered(Capability.sign(key.spec(), algorithm));
        requireSize(digest.length, 32, 32, ErrorCode.INVALID_PARAMETER);
        return findPair(key).sign(digest);
    }

    @Override
    public SecretBytes decryptWithPair(KeyHandle key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        requireOffered(Capability.decrypt(key.spec(), algorithm));
        return SecretBytes.takeFrom(findPair(key).decrypt(ciphertext));
    }

    @Override
    public Sealed encrypt(KeyHandle key, byte[] plaintext, byte[] aad) {
        byte[] material = find(key);
        requireSize(plaintext.length, 0, MAX_PLAINTEXT_BYTES, ErrorCode.INVALID_PLAINTEXT);
        return seal(material, plaintext, aad);
    }

    @Override
    public SecretBytes decrypt(KeyHandle key, Sealed sealed, byte[] aad) {
        byte[] material = find(key);
        if (sealed.suite() != SUITE || sealed.ciphertextAndTag().length > MAX_PLAINTEXT_BYTES + SUITE.tagBytes()) {
            throw new DecryptionException();
        }
        try {
            return SecretBytes.takeFrom(IndependentCipher.open(material, sealed, aad));
        } catch (GeneralSecurityException e) {
            throw new DecryptionException();
        }
    }

    @Override
    public SecretBytes random(int sizeBytes) {
        requireOpen();
        requireSize(sizeBytes, 1, MAX_RANDOM_BYTES, ErrorCode.INVALID_PARAMETER_VALUE);
        return SecretBytes.takeFrom(fresh(sizeBytes));
    }

    @Override
    public byte[] sealState(String purpose, SecretBytes secret) {
        requireOpen();
        requireSize(secret.size(), 0, MAX_STATE_BYTES, ErrorCode.INVALID_PARAMETER_VALUE);
        Sealed sealed = secret.use(bytes -> seal(device.stateKey, bytes, purpose.getBytes(StandardCharsets.UTF_8)));
        byte[] ciphertext = sealed.ciphertextAndTag();
        return ByteBuffer.allocate(SUITE.nonceBytes() + ciphertext.length)
                .put(sealed.nonce())
                .put(ciphertext)
                .array();
    }

    @Override
    public SecretBytes unsealState(String purpose, byte[] sealed) {
        requireOpen();
        try {
            byte[] nonce = Arrays.copyOf(sealed, SUITE.nonceBytes());
            byte[] ciphertext = Arrays.copyOfRange(
                    sealed, Math.min(sealed.length, nonce.length), Math.max(sealed.length, nonce.length));
            return SecretBytes.takeFrom(IndependentCipher.open(
                    device.stateKey, Sealed.of(SUITE, nonce, ciphertext), purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw ProviderException.permanent("state " + purpose + " is damaged", e);
        }
    }

    @Override
    public Health health() {
        return closed.get() ? Health.down("closed") : Health.up();
    }

    @Override
    public void close() {
        closed.set(true);
    }

    private byte[] find(KeyHandle key) {
        requireUsable(key.spec());
        byte[] material = device.keys.get(key.version());
        if (material == null || !Arrays.equals(key.token(), token(key.version()))) {
            throw ProviderException.permanent("no material of key version " + key.version(), null);
        }
        return material;
    }

    private JdkPair findPair(KeyHandle key) {
        requireOpen();
        if (!key.spec().equals(KeySpec.RSA_2048) && !key.spec().equals(KeySpec.EC_P256)) {
            throw refused("key pairs of " + key.spec());
        }
        JdkPair pair = device.pairs.get(key.version());
        if (pair == null || !Arrays.equals(key.token(), token(key.version()))) {
            throw ProviderException.permanent("no key pair of key version " + key.version(), null);
        }
        return pair;
    }

    private void requireOffered(Capability capability) {
        requireOpen();
        if (!CAPABILITIES.contains(capability)) {
            throw refused(capability.algorithm() + " with keys of " + capability.spec());
        }
    }

    private KeyUsageException refused(String what) {
        return new KeyUsageException(ErrorCode.INVALID_KEY_USAGE, name + " does not offer " + what);
    }

    private static byte[] token(KeyVersionRef version) {
        return version.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Sealed seal(byte[] key, byte[] plaintext, byte[] aad) {
        try {
            return IndependentCipher.seal(SUITE, key, fresh(SUITE.nonceBytes()), aad, plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] fresh(int size) {
        byte[] bytes = new byte[size];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private void requireUsable(KeySpec spec) {
        requireOpen();
        if (!spec.equals(KeySpec.AES_256)) {
            throw refused("keys of " + spec);
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the provider is closed");
        }
    }

    private static void requireSize(int found, int min, int max, ErrorCode code) {
        if (found < min || found > max) {
            throw new InvalidRequestException(code, found + " bytes; expected " + min + " to " + max);
        }
    }
}
