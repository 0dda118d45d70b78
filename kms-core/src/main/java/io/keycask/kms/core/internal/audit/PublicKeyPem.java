package io.keycask.kms.core.internal.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The public key of checkpoints as text: a SubjectPublicKeyInfo (RFC 8410) in PEM (RFC 7468). */
public final class PublicKeyPem {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
    private static final String END = "\n-----END PUBLIC KEY-----\n";
    private static final int LINE_LENGTH = 64;

    private PublicKeyPem() {}

    /** Returns the text of the key. */
    public static String encode(PublicKey key) {
        Base64.Encoder base64 = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
        return BEGIN + base64.encodeToString(key.getEncoded()) + END;
    }

    /**
     * Returns the key of this text.
     *
     * @throws IllegalArgumentException if it is not such a key
     */
    public static PublicKey decode(String pem) {
        String text = pem.strip() + "\n";
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.length() < BEGIN.length() + END.length()) {
            throw new IllegalArgumentException("not a public key in PEM");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
        try {
            return KeyFactory.getInstance(Checkpoint.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a public key of " + Checkpoint.ALGORITHM, e);
        }
    }
}
