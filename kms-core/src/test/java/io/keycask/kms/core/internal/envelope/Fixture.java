package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.EnvelopeCipher;
import io.keycask.kms.EnvelopeDecryptor;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.SymmetricCmk;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What most envelope tests need: a key, a cipher with short frames, and reproducible plaintext. */
final class Fixture {
    static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    /** Two frames and a bit are 40 bytes. */
    static final int FRAME_LENGTH = 16;

    final FakeDataKeySource source;
    final KeyId key;
    final EnvelopeCipher cipher;
    final EnvelopeDecryptor decryptor;

    private Fixture(FakeDataKeySource source, KeyId key, EnvelopeCipher cipher) {
        this.source = source;
        this.key = key;
        this.cipher = cipher;
        this.decryptor = Envelopes.decryptor(source);
    }

    /** Short frames; the same seed makes the same messages. */
    static Fixture withShortFrames(long seed) {
        return withFrames(FRAME_LENGTH, seed);
    }

    static Fixture withFrames(int frameLength, long seed) {
        return of(AlgorithmSuite.AES_256_GCM, frameLength, seed);
    }

    static Fixture of(AlgorithmSuite suite, int frameLength, long seed) {
        RandomGenerator random = random(seed);
        FakeDataKeySource source = new FakeDataKeySource(random);
        KeyId key = source.newKey();
        MessageSealer sealer = new MessageSealer(suite, new FrameLayout(frameLength), random);
        return new Fixture(source, key, new RecipientCipher(source, sealer, List.of(key), Parallelism.NONE));
    }

    /** As users get it. */
    static Fixture standard() {
        return standard(KeySpec.AES_256);
    }

    /** As users of keys of this spec get it. */
    static Fixture standard(KeySpec spec) {
        FakeDataKeySource source = new FakeDataKeySource();
        KeyId key = source.newKey();
        return new Fixture(source, key, Envelopes.cipher(source, key, spec));
    }

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static byte[] plaintext(int size) {
        byte[] bytes = new byte[size];
        random(size).nextBytes(bytes);
        return bytes;
    }

    byte[] encrypt(int size) {
        return cipher.encrypt(plaintext(size), CONTEXT);
    }

    /** Returns a handle of an AES key that knows its id and nothing else. */
    static SymmetricCmk handle(KeyId key) {
        return handle(key, KeySpec.AES_256);
    }

    /** Returns a handle that knows its id and its spec and nothing else. */
    static SymmetricCmk handle(KeyId key, KeySpec spec) {
        return (SymmetricCmk) Proxy.newProxyInstance(
                SymmetricCmk.class.getClassLoader(),
                new Class<?>[] {SymmetricCmk.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("id")) {
                        return key;
                    }
                    if (method.getName().equals("spec")) {
                        return spec;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
