package io.keycask.kms.benchmarks;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.CryptoAlgorithm;
import com.amazonaws.encryptionsdk.CryptoMaterialsManager;
import com.amazonaws.encryptionsdk.DefaultCryptoMaterialsManager;
import com.amazonaws.encryptionsdk.caching.CachingCryptoMaterialsManager;
import com.amazonaws.encryptionsdk.caching.LocalCryptoMaterialsCache;
import com.amazonaws.encryptionsdk.jce.JceMasterKey;
import io.keycask.kms.EncryptionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;

/** The AWS Encryption SDK with a master key in memory, the faster of its two ways to one; with key commitment, not signed. */
final class AwsEnvelope implements Envelope, StreamCipher {
    private static final int CACHE_ENTRIES = 100;
    private static final int KEY_BYTES = 32;

    private final byte[] masterKey = new byte[KEY_BYTES];
    private final AwsCrypto crypto = AwsCrypto.builder()
            .withCommitmentPolicy(CommitmentPolicy.RequireEncryptRequireDecrypt)
            .withEncryptionAlgorithm(CryptoAlgorithm.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY)
            .build();
    private final CryptoMaterialsManager materials;
    private final Map<String, String> context;

    private AwsEnvelope(EncryptionContext context, boolean cached) {
        this.context = context.pairs();
        Arrays.fill(masterKey, (byte) 0x5a);
        JceMasterKey key = JceMasterKey.getInstance(
                new SecretKeySpec(masterKey, "AES"), "benchmark", "master key", "AES/GCM/NoPadding");
        materials = cached
                ? CachingCryptoMaterialsManager.newBuilder()
                        .withMasterKeyProvider(key)
                        .withCache(new LocalCryptoMaterialsCache(CACHE_ENTRIES))
                        .withMaxAge(1, TimeUnit.HOURS)
                        .build()
                : new DefaultCryptoMaterialsManager(key);
    }

    static AwsEnvelope freshDataKeys(EncryptionContext context) {
        return new AwsEnvelope(context, false);
    }

    static AwsEnvelope cachedDataKeys(EncryptionContext context) {
        return new AwsEnvelope(context, true);
    }

    @Override
    public byte[] encrypt(byte[] plaintext) {
        return crypto.encryptData(materials, plaintext, context).getResult();
    }

    @Override
    public byte[] decrypt(byte[] message) {
        return crypto.decryptData(materials, message).getResult();
    }

    @Override
    public void encrypt(InputStream plaintext, OutputStream message) throws IOException {
        try (OutputStream encrypting = crypto.createEncryptingStream(materials, message, context)) {
            StreamCipher.copy(plaintext, encrypting);
        }
    }

    @Override
    public void decrypt(InputStream message, OutputStream plaintext) throws IOException {
        try (InputStream decrypting = crypto.createUnsignedMessageDecryptingStream(materials, message)) {
            StreamCipher.copy(decrypting, plaintext);
        }
    }

    @Override
    public byte[] readElsewhere(byte[] message) throws GeneralSecurityException {
        return new FramedMessageReader(this::unwrap).read(message);
    }

    private byte[] unwrap(byte[] providerInfo, byte[] wrapped, byte[] messageContext) throws GeneralSecurityException {
        byte[] nonce =
                Arrays.copyOfRange(providerInfo, providerInfo.length - KeyedAead.NONCE_BYTES, providerInfo.length);
        byte[] dataKey = new byte[KEY_BYTES];
        new BouncyCastleAead(AESEngine.newInstance(), masterKey)
                .open(nonce, messageContext, wrapped, 0, wrapped.length, dataKey, 0);
        return dataKey;
    }

    @Override
    public void close() {}
}
