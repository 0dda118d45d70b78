package io.keycask.kms.benchmarks;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingKey;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;

/** Tink's primitives under keys that an oracle knows as well. */
@AccessesPartialKey
final class TinkKeys {
    private static final int KEY_BYTES = 32;

    private TinkKeys() {}

    static Aead aead(byte[] key) throws GeneralSecurityException {
        AeadConfig.register();
        AesGcmParameters parameters = AesGcmParameters.builder()
                .setKeySizeBytes(KEY_BYTES)
                .setIvSizeBytes(KeyedAead.NONCE_BYTES)
                .setTagSizeBytes(KeyedAead.TAG_BYTES)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        AesGcmKey tinkKey = AesGcmKey.builder()
                .setParameters(parameters)
                .setKeyBytes(secret(key))
                .build();
        return keyset(tinkKey).getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /** Returns XAES-256-GCM with a nonce of 24 bytes in front of the ciphertext. */
    static Aead xaes(byte[] key) throws GeneralSecurityException {
        AeadConfig.register();
        XAesGcmParameters parameters = PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE_NO_PREFIX;
        return keyset(XAesGcmKey.create(parameters, secret(key), null))
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    static StreamingAead streaming(AesGcmHkdfStreamingParameters parameters, byte[] key)
            throws GeneralSecurityException {
        StreamingAeadConfig.register();
        return keyset(AesGcmHkdfStreamingKey.create(parameters, secret(key)))
                .getPrimitive(RegistryConfiguration.get(), StreamingAead.class);
    }

    private static SecretBytes secret(byte[] key) {
        return SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get());
    }

    private static KeysetHandle keyset(Key key) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build();
    }
}
