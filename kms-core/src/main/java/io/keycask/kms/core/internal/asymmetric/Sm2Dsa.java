package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.crypto.Sm3;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * SM2 signatures with SM3 (GB/T 32918.2) and the default identity of GM/T 0009. What the document calls {@code e} is the
 * digest here: that of {@code Z}, which binds identity, curve and public key, and of the message.
 */
record Sm2Dsa(CurveKey key) implements SignatureScheme {
    private static final String IDENTITY = "1234567812345678";

    @Override
    public int digestBytes() {
        return 32;
    }

    @Override
    public byte[] digest(byte[] message) {
        byte[] z = z();
        Sm3 sm3 = new Sm3();
        sm3.update(z, 0, z.length);
        sm3.update(message, 0, message.length);
        return sm3.digest();
    }

    private byte[] z() {
        byte[] identity = IDENTITY.getBytes(StandardCharsets.US_ASCII);
        int size = key.curve().sizeBytes();
        Sm3 sm3 = new Sm3();
        sm3.update((byte) ((8 * identity.length) >> 8));
        sm3.update((byte) (8 * identity.length));
        sm3.update(identity, 0, identity.length);
        for (BigInteger value : new BigInteger[] {
            key.curve().a(),
            key.curve().b(),
            key.curve().generator().x(),
            key.curve().generator().y(),
            key.point().x(),
            key.point().y()
        }) {
            sm3.update(FixedLength.of(value, size), 0, size);
        }
        return sm3.digest();
    }

    @Override
    public byte[] encode(byte[] fromProvider) {
        return CurveSignature.ofProvider(fromProvider, key.curve()).toDer();
    }

    @Override
    public boolean verify(byte[] digest, byte[] signature) {
        return CurveSignature.parse(signature, key.curve())
                .filter(parsed -> fulfilsTheDefinition(new BigInteger(1, digest), parsed))
                .isPresent();
    }

    /** GB/T 32918.2 §7.1, steps B5 to B7. */
    private boolean fulfilsTheDefinition(BigInteger e, CurveSignature signature) {
        BigInteger n = key.curve().order();
        BigInteger t = signature.r().add(signature.s()).mod(n);
        return t.signum() != 0
                && key.curve()
                        .xOfSum(signature.s(), t, key.point())
                        .filter(x -> e.add(x).mod(n).equals(signature.r()))
                        .isPresent();
    }
}
