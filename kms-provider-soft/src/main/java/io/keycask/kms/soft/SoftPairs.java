package io.keycask.kms.soft;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyPairs;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.Arrays;

/** The key pairs of a {@link SoftProvider}. Thread-safe. */
final class SoftPairs implements KeyPairs, AutoCloseable {
    private static final int DIGEST_BYTES = 32;
    private static final int P384_DIGEST_BYTES = 48;

    private final SealedMaterial sealed;
    private final KeyCache<UnsealedPair> cache;

    SoftPairs(SealedMaterial sealed, KeyCache<UnsealedPair> cache) {
        this.sealed = sealed;
        this.cache = cache;
    }

    @Override
    public KeyHandle createPair(KeySpec spec, KeyUsage usage, KeyVersionRef version) {
        OfferedPair offer = requireOffered(spec);
        if (!offer.serves(usage)) {
            throw refused(usage + " with keys of " + spec);
        }
        try (PairMaterial pair = offer.generate()) {
            return sealed.seal(spec, version, pair.serialize());
        }
    }

    @Override
    public byte[] publicKey(KeyHandle key) {
        OfferedPair unused = requireOffered(key.spec());
        return cache.<byte[], RuntimeException>use(key, this::unseal, UnsealedPair::publicKey);
    }

    @Override
    public byte[] sign(KeyHandle key, SignatureAlgorithm algorithm, byte[] digest) {
        if (!requireOffered(key.spec()).signs(algorithm)) {
            throw refused(algorithm + " with keys of " + key.spec());
        }
        int expected = algorithm.equals(SignatureAlgorithm.ECC_P384_R1) ? P384_DIGEST_BYTES : DIGEST_BYTES;
        if (digest.length != expected) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER,
                    "digest is " + digest.length + " bytes; " + algorithm + " takes " + expected);
        }
        return cache.<byte[], RuntimeException>use(
                key, this::unseal, pair -> pair.privateKey().sign(algorithm, digest));
    }

    @Override
    public SecretBytes decryptWithPair(KeyHandle key, DecryptionAlgorithm algorithm, byte[] ciphertext) {
        if (!requireOffered(key.spec()).decrypts(algorithm)) {
            throw refused(algorithm + " with keys of " + key.spec());
        }
        return SecretBytes.takeFrom(cache.<byte[], DecryptionException>use(
                key, this::unseal, pair -> pair.privateKey().decrypt(algorithm, ciphertext)));
    }

    private UnsealedPair unseal(KeyHandle key) {
        byte[] bytes = sealed.open(key);
        try (PairMaterial pair = PairMaterial.parse(bytes, "key version " + key.version())) {
            byte[] pkcs8 = pair.pkcs8();
            try {
                return new UnsealedPair(
                        pair.publicKey(), requireOffered(key.spec()).open(pkcs8));
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Lets go of the pair of this version, if it is unsealed. */
    void forget(KeyVersionRef version) {
        cache.forget(version);
    }

    private OfferedPair requireOffered(KeySpec spec) {
        cache.requireOpen();
        return OfferedPair.of(spec).orElseThrow(() -> refused("key pairs of " + spec));
    }

    private static KeyUsageException refused(String what) {
        return new KeyUsageException(ErrorCode.INVALID_KEY_USAGE, "provider does not offer " + what);
    }

    @Override
    public void close() {
        cache.close();
    }
}
