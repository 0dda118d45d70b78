package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.DecryptionException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The signature of a message of the suite 0x0578: ECDSA over P-384 with SHA-384 of everything before the footer.
 *
 * <p>The public key stands in the encryption context as the Base64 of a compressed point (SEC 1 §2.3.4). P-384's prime
 * is 3 modulo 4, so a square root is a power by (p + 1) / 4 (Handbook of Applied Cryptography, algorithm 3.36). All of
 * this is public data; nothing here needs constant time.
 */
final class MessageSignature {
    /** The pair of the encryption context that holds the public key. */
    static final String PUBLIC_KEY_NAME = "aws-crypto-public-key";

    private static final int COORDINATE_BYTES = 48;

    private MessageSignature() {}

    /**
     * ENV-21: verifies the footer of a message, which reaches from there to the end.
     *
     * @param from where in the array the message starts
     * @throws DecryptionException if the message is not signed by the key that its context names
     */
    static void verify(MessageHeader header, byte[] message, int from, int footer, int end) {
        int start = footer + Short.BYTES;
        if (end < start || BigEndian.unsignedShort(message, footer) != end - start) {
            throw new DecryptionException();
        }
        String publicKey = header.context().pairs().get(PUBLIC_KEY_NAME);
        if (publicKey == null || !isValid(publicKey, message, from, footer, end)) {
            throw new DecryptionException();
        }
    }

    private static boolean isValid(String publicKey, byte[] message, int from, int footer, int end) {
        try {
            Signature signature = Signature.getInstance("SHA384withECDSA");
            signature.initVerify(decompressed(Base64.getDecoder().decode(publicKey)));
            signature.update(message, from, footer - from);
            int start = footer + Short.BYTES;
            return signature.verify(message, start, end - start);
        } catch (IllegalArgumentException | SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no ECDSA over P-384", e);
        }
    }

    private static PublicKey decompressed(byte[] point) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp384r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        require(point.length == 1 + COORDINATE_BYTES && (point[0] == 2 || point[0] == 3));
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, point.length));
        require(x.compareTo(p) < 0);
        BigInteger square = x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB())
                .mod(p);
        BigInteger y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        require(y.modPow(BigInteger.TWO, p).equals(square) && y.signum() != 0);
        BigInteger chosen = y.testBit(0) == (point[0] == 3) ? y : p.subtract(y);
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, chosen), curve));
    }

    private static void require(boolean rule) {
        if (!rule) {
            throw new IllegalArgumentException("not a compressed point of P-384");
        }
    }
}
