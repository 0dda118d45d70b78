package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KmsException;
import io.keycask.kms.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Customer master keys in memory that wrap by plain AES-GCM: key id, nonce, ciphertext, tag. */
final class FakeDataKeySource implements DataKeySource {
    private static final int KEY_ID_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final RandomGenerator random;
    private final Map<KeyId, byte[]> keys = new ConcurrentHashMap<>();
    private final Map<KeyId, Supplier<KmsException>> failures = new ConcurrentHashMap<>();
    private final List<DataKey> issued = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    FakeDataKeySource() {
        this(new SecureRandom());
    }

    FakeDataKeySource(RandomGenerator random) {
        this.random = random;
    }

    KeyId newKey() {
        KeyId id = new KeyId(new UUID(random.nextLong(), random.nextLong()));
        keys.put(id, randomBytes(32));
        return id;
    }

    /** Makes every use of this key fail. */
    void failWith(KeyId key, Supplier<KmsException> failure) {
        failures.put(key, failure);
    }

    /** Returns how often a key was used. */
    int calls() {
        return calls.get();
    }

    /** Returns every data key that was ever handed out. */
    List<DataKey> issued() {
        return issued;
    }

    @Override
    public DataKey generate(KeyId key, int sizeBytes, EncryptionContext context) {
        byte[] bytes = randomBytes(sizeBytes);
        return handOut(key, bytes, seal(key, bytes, context));
    }

    @Override
    public IssuedKey issue(List<KeyId> recipients, int sizeBytes, EncryptionContext context, long plaintextBytes) {
        DataKey dataKey = generate(recipients.get(0), sizeBytes, context);
        List<Ciphertext> wrapped = new ArrayList<>(List.of(dataKey.wrapped()));
        recipients.stream().skip(1).forEach(recipient -> wrapped.add(wrap(recipient, dataKey, context)));
        return new IssuedKey(dataKey, wrapped);
    }

    Ciphertext wrap(KeyId key, DataKey dataKey, EncryptionContext context) {
        return dataKey.<Ciphertext, RuntimeException>use(bytes -> seal(key, bytes, context));
    }

    @Override
    public int wrappedBytes(KeySpec spec, int sizeBytes) {
        return KEY_ID_BYTES + NONCE_BYTES + sizeBytes + 16;
    }

    @Override
    public DataKey unwrap(Ciphertext wrapped, EncryptionContext context) {
        KeyId key = keyOf(wrapped).orElseThrow(DecryptionException::new);
        byte[] bytes = wrapped.toBytes();
        int start = KEY_ID_BYTES + NONCE_BYTES;
        byte[] nonce = Arrays.copyOfRange(bytes, KEY_ID_BYTES, start);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, context);
            return handOut(key, cipher.doFinal(bytes, start, bytes.length - start), wrapped);
        } catch (GeneralSecurityException e) {
            throw new DecryptionException();
        }
    }

    @Override
    public Optional<KeyId> keyOf(Ciphertext wrapped) {
        if (wrapped.size() < KEY_ID_BYTES + NONCE_BYTES + 16) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(wrapped.toBytes());
        return Optional.of(new KeyId(new UUID(in.getLong(), in.getLong())));
    }

    private DataKey handOut(KeyId key, byte[] bytes, Ciphertext wrapped) {
        DataKey dataKey = DataKey.of(key, SecretBytes.takeFrom(bytes), wrapped);
        issued.add(dataKey);
        return dataKey;
    }

    private Ciphertext seal(KeyId key, byte[] bytes, EncryptionContext context) {
        byte[] nonce = randomBytes(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(bytes);
            return Ciphertext.copyOf(ByteBuffer.allocate(KEY_ID_BYTES + NONCE_BYTES + sealed.length)
                    .putLong(key.value().getMostSignificantBits())
                    .putLong(key.value().getLeastSignificantBits())
                    .put(nonce)
                    .put(sealed)
                    .array());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Cipher cipher(int mode, KeyId key, byte[] nonce, EncryptionContext context)
            throws GeneralSecurityException {
        calls.incrementAndGet();
        Supplier<KmsException> failure = failures.get(key);
        if (failure != null) {
            throw failure.get();
        }
        byte[] material = keys.get(key);
        if (material == null) {
            throw new KeyNotFoundException("there is no key " + key);
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(material, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(context.toBytes());
        cipher.updateAAD(key.toString().getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
