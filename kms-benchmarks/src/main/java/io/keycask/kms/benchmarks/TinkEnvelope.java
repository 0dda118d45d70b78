package io.keycask.kms.benchmarks;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;

/** Tink's AES-256-GCM, by one key that stays or by a fresh data key per message that this key wraps. */
final class TinkEnvelope implements Envelope {
    private static final int KEY_BYTES = 32;

    private final byte[] key;
    private final Aead aead;
    private final boolean wrapsDataKeys;
    private final byte[] context;

    private TinkEnvelope(byte[] key, Aead aead, boolean wrapsDataKeys, byte[] context) {
        this.key = key;
        this.aead = aead;
        this.wrapsDataKeys = wrapsDataKeys;
        this.context = context;
    }

    static TinkEnvelope oneKey(byte[] context) throws GeneralSecurityException {
        byte[] key = newKey();
        return new TinkEnvelope(key, TinkKeys.aead(key), false, context);
    }

    static TinkEnvelope freshDataKeys(byte[] context) throws GeneralSecurityException {
        byte[] key = newKey();
        Aead envelope = KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, TinkKeys.aead(key));
        return new TinkEnvelope(key, envelope, true, context);
    }

    private static byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        Arrays.fill(key, (byte) 0x5a);
        return key;
    }

    @Override
    public byte[] encrypt(byte[] plaintext) throws GeneralSecurityException {
        return aead.encrypt(plaintext, context);
    }

    @Override
    public byte[] decrypt(byte[] message) throws GeneralSecurityException {
        return aead.decrypt(message, context);
    }

    @Override
    public byte[] readElsewhere(byte[] message) throws GeneralSecurityException {
        if (!wrapsDataKeys) {
            return open(key, context, message);
        }
        // message = length of the wrapped data key (4) | wrapped data key | body; a data key is a protocol buffer that
        // ends with it
        int wrappedBytes = ByteBuffer.wrap(message).getInt();
        int body = Integer.BYTES + wrappedBytes;
        byte[] serialized = open(key, new byte[0], Arrays.copyOfRange(message, Integer.BYTES, body));
        byte[] dataKey = Arrays.copyOfRange(serialized, serialized.length - KEY_BYTES, serialized.length);
        return open(dataKey, context, Arrays.copyOfRange(message, body, message.length));
    }

    /** Opens {@code nonce | ciphertext | tag} by Bouncy Castle. */
    private static byte[] open(byte[] key, byte[] associatedData, byte[] sealed) throws GeneralSecurityException {
        int nonceBytes = KeyedAead.NONCE_BYTES;
        byte[] plaintext = new byte[sealed.length - nonceBytes - KeyedAead.TAG_BYTES];
        new BouncyCastleAead(AESEngine.newInstance(), key)
                .open(
                        Arrays.copyOf(sealed, nonceBytes),
                        associatedData,
                        sealed,
                        nonceBytes,
                        sealed.length - nonceBytes,
                        plaintext,
                        0);
        return plaintext;
    }

    @Override
    public void close() {}
}
