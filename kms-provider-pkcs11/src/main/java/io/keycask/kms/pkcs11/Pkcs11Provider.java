package io.keycask.kms.pkcs11;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.KmsException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.session.Mechanism;
import io.keycask.kms.pkcs11.session.Session;
import io.keycask.kms.pkcs11.session.TokenSelector;
import io.keycask.kms.pkcs11.session.TokenSessions;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.Health;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyPairs;
import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.Sealed;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A provider whose keys are objects on a PKCS#11 token, which they never leave.
 *
 * <p>It offers what the token has mechanisms for, of {@link KeySpec#AES_256} with AES-256-GCM, made on the token or imported,
 * and key pairs of RSA and of the curves P-256 and P-384. Nonces are random: rotate a key before one version encrypted 2^32
 * times (NIST SP 800-38D §8.3), which nothing counts. The token is found and logged in to when the provider is opened. When
 * the device behind the library was lost, calls fail with a {@link ProviderException} that can be retried, and work again
 * once it is back. Thread-safe.
 */
public final class Pkcs11Provider implements KeyProvider, KeyPairs {
    private static final String STANDARD_NAME = "hsm";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final CiphertextSuite SUITE = CiphertextSuite.AES_256_GCM;
    private static final int AES_BYTES = 32;
    private static final byte TOKEN_FORMAT = 1;

    private final String name;
    private final TokenSessions token;
    private final Set<Capability> capabilities;
    private final StateKeys stateKeys;
    private final SecureRandom random = new SecureRandom();

    private Pkcs11Provider(String name, TokenSessions token, Set<Capability> capabilities, StateKeys stateKeys) {
        this.name = name;
        this.token = token;
        this.capabilities = capabilities;
        this.stateKeys = stateKeys;
    }

    /**
     * Returns the provider "hsm" on the token that the configuration describes.
     *
     * @throws IllegalArgumentException if the configuration chooses no token
     * @throws ProviderException if the library does not start, there is no such token, or it refuses the PIN
     */
    public static Pkcs11Provider open(Pkcs11Configuration configuration) {
        requireNonNull(configuration, "configuration");
        if (configuration.tokenLabel().isEmpty()
                && configuration.tokenSerial().isEmpty()
                && configuration.slotId().isEmpty()) {
            throw new IllegalArgumentException("no token is chosen: expected a label, a serial number or a slot");
        }
        TokenSessions token = TokenSessions.open(
                configuration.library(),
                configuration.initArguments(),
                new TokenSelector(configuration.tokenLabel(), configuration.tokenSerial(), configuration.slotId()),
                configuration.pin().map(pin -> pin::get),
                configuration.maxSessions(),
                configuration.sessionWait(),
                configuration.callTimeout());
        boolean done = false;
        try {
            Set<Capability> capabilities = token.call(session ->
                    Offer.of(session.mechanisms(), configuration.oaepHashes()).capabilities());
            done = true;
            return new Pkcs11Provider(STANDARD_NAME, token, capabilities, new StateKeys(token));
        } finally {
            if (!done) {
                token.close();
            }
        }
    }

    /**
     * Returns this provider under another name, so that one engine can hold two. It takes the place of this one.
     *
     * @param name 1 to 32 lower-case letters, digits and hyphens
     * @throws IllegalArgumentException if the name has another form
     */
    public Pkcs11Provider named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("provider name: expected 1 to 32 of a-z, 0-9 and -");
        }
        return new Pkcs11Provider(name, token, capabilities, stateKeys);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public KeyHandle create(KeySpec spec, KeyVersionRef version) {
        requireUsable(spec);
        TokenObject key = object(version);
        token.change(session -> {
            Optional<Long> existing = key.find(session);
            return existing.orElseGet(
                    () -> made(session, key, session.generateKey(Mechanism.of(Cka.CKM_AES_KEY_GEN), key.generated())));
        });
        return handle(spec, version);
    }

    @Override
    public KeyHandle importKey(KeySpec spec, KeyVersionRef version, SecretBytes material) {
        requireUsable(spec);
        if (material.size() != AES_BYTES) {
            throw invalid("material of " + spec, material.size(), AES_BYTES, AES_BYTES);
        }
        TokenObject key = object(version);
        token.change(session -> {
            key.destroy(session); // what an interrupted import left
            return material.<Long, RuntimeException>use(bytes ->
                    made(session, key, session.createObject(key.template().with(Cka.VALUE, bytes))));
        });
        return handle(spec, version);
    }

    /** Fails closed: a key that is not as it was asked for is destroyed before anybody can use it. */
    static long made(Session session, TokenObject key, long object) {
        boolean safe = false;
        try {
            key.requireSafe(session, object);
            safe = true;
            return object;
        } finally {
            if (!safe) {
                session.destroyObject(object);
            }
        }
    }

    @Override
    public void destroy(KeyHandle key) {
        token.requireOpen();
        if (capabilities.stream().noneMatch(c -> c.spec().equals(key.spec()))) {
            throw notOffered("keys of " + key.spec());
        }
        token.change(session -> {
            object(key.version()).destroy(session);
            return true;
        });
    }

    @Override
    public Sealed encrypt(KeyHandle key, byte[] plaintext, byte[] aad) {
        requireUsable(key.spec());
        requireNonNull(aad, "aad");
        if (plaintext.length > MAX_PLAINTEXT_BYTES) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PLAINTEXT,
                    "plaintext is " + plaintext.length + " bytes; limit is " + MAX_PLAINTEXT_BYTES);
        }
        TokenObject object = objectOf(key);
        return token.call(session -> {
            byte[] nonce = new byte[SUITE.nonceBytes()];
            random.nextBytes(nonce);
            return Sealed.of(SUITE, nonce, seal(session, object, nonce, plaintext, aad));
        });
    }

    private static byte[] seal(Session session, TokenObject key, byte[] nonce, byte[] plaintext, byte[] aad) {
        int length = plaintext.length + SUITE.tagBytes();
        byte[] sealed = session.encrypt(Mechanism.gcm(nonce, aad), key.resolve(session), plaintext, length);
        if (sealed.length != length) {
            throw ProviderException.permanent(
                    "C_Encrypt returned " + sealed.length + " bytes; expected " + length, null);
        }
        return sealed;
    }

    @Override
    public SecretBytes decrypt(KeyHandle key, Sealed sealed, byte[] aad) {
        requireUsable(key.spec());
        requireNonNull(aad, "aad");
        byte[] ciphertext = sealed.ciphertextAndTag();
        if (sealed.suite() != SUITE || ciphertext.length > MAX_PLAINTEXT_BYTES + SUITE.tagBytes()) { // BLOB-8
            throw new DecryptionException();
        }
        TokenObject object = objectOf(key);
        byte[] nonce = sealed.nonce();
        return token.call(session -> open(session, object, nonce, ciphertext, aad));
    }

    private static SecretBytes open(Session session, TokenObject key, byte[] nonce, byte[] ciphertext, byte[] aad) {
        long handle = key.resolve(session);
        return SecretBytes.takeFrom(session.decrypt(Mechanism.gcm(nonce, aad), handle, ciphertext, ciphertext.length));
    }

    @Override
    public KeyHandle createPair(KeySpec spec, KeyUsage usage, KeyVersionRef version) {
        PairSpec pair = requirePair(spec);
        boolean signs = usage == KeyUsage.ASYMMETRIC_SIGN_VERIFY;
        if (!signs && !(usage.isAsymmetricDecryption() && pair.isRsa())) {
            throw notOffered(spec + " for " + usage);
        }
        TokenObject key = TokenObject.pair(label(version));
        token.change(session -> key.find(session).orElseGet(() -> {
            key.destroy(session); // the public half that an interrupted creation left
            return made(
                    session,
                    key,
                    session.generateKeyPair(
                            pair.generation(),
                            pair.sized(key.publicTemplate(pair.keyType(), signs)),
                            key.privateTemplate(pair.keyType(), signs)));
        }));
        return KeyHandle.of(spec, version, tokenBytes(key));
    }

    @Override
    public byte[] publicKey(KeyHandle key) {
        PairSpec pair = requirePair(key.spec());
        TokenObject object = pairOf(key);
        return token.call(session -> pair.publicKey(session, object.findPublic(session)));
    }

    @Override
    public byte[] sign(KeyHandle key, SignatureAlgorithm algorithm, byte[] digest) {
        PairSpec pair = requirePair(key.spec());
        if (!capabilities.contains(Capability.sign(key.spec(), algorithm))) {
            throw notOffered(algorithm + " with " + key.spec());
        }
        if (digest.length != PairSpec.digestBytes(algorithm)) {
            throw invalid("digest", digest.length, PairSpec.digestBytes(algorithm), PairSpec.digestBytes(algorithm));
        }
        TokenObject object = pairOf(key);
        byte[] input = PairSpec.input(algorithm, digest);
        byte[] signature = token.call(session ->
                session.sign(PairSpec.mechanism(algorithm), object.resolve(session), input, pair.signatureBytes()));
        if (signature.length != pair.signatureBytes()) {
            throw ProviderException.permanent(
                    "C_Sign returned " + signature.length + " bytes; expected " + pair.signatureBytes(), null);
        }
        return signature;
    }

    @Override
    public SecretBytes decryptWithPair(KeyHandle key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        PairSpec pair = requirePair(key.spec());
        if (!capabilities.contains(Capability.decrypt(key.spec(), algorithm))) {
            throw notOffered(algorithm + " with " + key.spec());
        }
        if (ciphertext.length != pair.modulusBytes()) {
            throw new DecryptionException();
        }
        TokenObject object = pairOf(key);
        return token.call(session -> SecretBytes.takeFrom(session.decrypt(
                PairSpec.mechanism(algorithm), object.resolve(session), ciphertext, pair.modulusBytes())));
    }

    private PairSpec requirePair(KeySpec spec) {
        token.requireOpen();
        return PairSpec.of(spec)
                .filter(pair -> capabilities.stream().anyMatch(c -> c.spec().equals(spec)))
                .orElseThrow(() -> notOffered("keys of " + spec));
    }

    private KeyUsageException notOffered(String what) {
        return new KeyUsageException(ErrorCode.INVALID_KEY_USAGE, "provider " + name + " does not offer " + what);
    }

    private static TokenObject pairOf(KeyHandle key) {
        return checked(key, TokenObject.pair(label(key.version())));
    }

    @Override
    public SecretBytes random(int sizeBytes) {
        token.requireOpen();
        if (sizeBytes < 1 || sizeBytes > MAX_RANDOM_BYTES) {
            throw invalid("random", sizeBytes, 1, MAX_RANDOM_BYTES);
        }
        return token.call(session -> SecretBytes.takeFrom(session.random(sizeBytes)));
    }

    @Override
    public byte[] sealState(String purpose, SecretBytes secret) {
        token.requireOpen();
        if (secret.size() > MAX_STATE_BYTES) {
            throw invalid("state", secret.size(), 0, MAX_STATE_BYTES);
        }
        long name = stateKeys.nameForSealing();
        byte[] nonce = new byte[SealedState.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] aad = SealedState.aad(name, purpose);
        byte[] ciphertext = token.call(session ->
                secret.<byte[], RuntimeException>use(bytes -> seal(session, SealedState.key(name), nonce, bytes, aad)));
        return new SealedState(name, nonce, ciphertext).toBytes();
    }

    @Override
    public SecretBytes unsealState(String purpose, byte[] sealed) {
        token.requireOpen();
        if (sealed.length > MAX_STATE_BYTES + SealedState.OVERHEAD_BYTES) {
            throw SealedState.refused();
        }
        SealedState state = SealedState.parse(sealed);
        byte[] aad = SealedState.aad(state.keyName(), purpose);
        try {
            return token.call(session -> open(session, state.key(), state.nonce(), state.ciphertext(), aad));
        } catch (DecryptionException e) {
            throw SealedState.refused();
        }
    }

    /** Asks the token for a few random bytes. */
    @Override
    public Health health() {
        if (token.isClosed()) {
            return Health.down("closed");
        }
        try (SecretBytes bytes = random(1)) {
            return bytes.size() == 1 ? Health.up() : Health.down("no random bytes");
        } catch (KmsException e) {
            return Health.down(String.valueOf(e.getMessage()));
        }
    }

    private void requireUsable(KeySpec spec) {
        token.requireOpen();
        if (!spec.equals(KeySpec.AES_256) || !capabilities.contains(Capability.encrypt(spec, SUITE))) {
            throw notOffered("keys of " + spec + " that encrypt");
        }
    }

    private static String label(KeyVersionRef version) {
        return "kms/" + version;
    }

    private static TokenObject object(KeyVersionRef version) {
        return TokenObject.secret(label(version));
    }

    private static KeyHandle handle(KeySpec spec, KeyVersionRef version) {
        return KeyHandle.of(spec, version, tokenBytes(object(version)));
    }

    private static byte[] tokenBytes(TokenObject object) {
        byte[] id = object.id();
        byte[] bytes = new byte[1 + id.length];
        bytes[0] = TOKEN_FORMAT;
        System.arraycopy(id, 0, bytes, 1, id.length);
        return bytes;
    }

    private static TokenObject objectOf(KeyHandle key) {
        return checked(key, object(key.version()));
    }

    private static TokenObject checked(KeyHandle key, TokenObject object) {
        if (!Arrays.equals(key.token(), tokenBytes(object))) {
            throw ProviderException.permanent(
                    "the handle of key version " + key.version() + " is none of a token", null);
        }
        return object;
    }

    private static InvalidRequestException invalid(String what, int found, int min, int max) {
        String expected = min == max ? String.valueOf(min) : min + " to " + max;
        return new InvalidRequestException(
                ErrorCode.INVALID_PARAMETER_VALUE, what + " of " + found + " bytes; expected " + expected);
    }

    @Override
    public void close() {
        token.close();
    }

    @Override
    public String toString() {
        return "Pkcs11Provider[" + name + "]";
    }
}
