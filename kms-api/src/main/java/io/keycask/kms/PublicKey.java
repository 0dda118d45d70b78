package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The public half of a key pair: a DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
 *
 * <p>Whether the bytes are the key that they should be is checked where they are used. Immutable.
 */
public final class PublicKey {
    /** The longest public key, in bytes of DER. */
    public static final int MAX_BYTES = 1_024;

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int PEM_LINE_LENGTH = 64;

    private final byte[] der;

    private PublicKey(byte[] der) {
        this.der = der;
    }

    /**
     * Returns the public key of these bytes.
     *
     * @throws InvalidRequestException if there are more than {@link #MAX_BYTES}
     */
    public static PublicKey copyOf(byte[] der) {
        if (der.length > MAX_BYTES) {
            throw invalid("public key is " + der.length + " bytes; limit is " + MAX_BYTES);
        }
        return new PublicKey(der.clone());
    }

    /**
     * Returns the public key that this text holds: the label {@code PUBLIC KEY} of RFC 7468, and nothing else but white
     * space.
     *
     * @throws InvalidRequestException if the text has another form, or holds more than {@link #MAX_BYTES}
     */
    public static PublicKey parsePem(String pem) {
        String text = requireNonNull(pem, "pem");
        if (text.length() > 4 * MAX_BYTES) {
            throw invalid("public key is " + text.length() + " characters; limit is " + 4 * MAX_BYTES);
        }
        text = text.strip();
        if (text.length() < BEGIN.length() + END.length() || !text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw invalid("public key: expected a PEM text of the label PUBLIC KEY");
        }
        String body = text.substring(BEGIN.length(), text.length() - END.length());
        try {
            return copyOf(Base64.getDecoder().decode(body.replaceAll("[ \\t\\r\\n]", "")));
        } catch (IllegalArgumentException e) {
            throw invalid("public key: its PEM text is not Base64");
        }
    }

    private static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(ErrorCode.INVALID_PARAMETER, message);
    }

    /** Returns the DER bytes. */
    public byte[] toBytes() {
        return der.clone();
    }

    /** Returns the key as PEM text (RFC 7468 §13), with a line feed after every line. */
    public String toPem() {
        byte[] lineFeed = {'\n'};
        String body =
                new String(Base64.getMimeEncoder(PEM_LINE_LENGTH, lineFeed).encode(der), StandardCharsets.US_ASCII);
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "PublicKey[" + der.length + " bytes]";
    }
}
