package io.keycask.kms;

/**
 * A handle of a customer master key that signs.
 *
 * <p>Thread-safe. Anybody who has the {@linkplain #publicKey() public key} can verify its signatures without Keycask.
 */
public interface SigningCmk extends AsymmetricCmk {
    /**
     * Signs, inside the provider of the key.
     *
     * @return the signature: as long as the modulus for RSA keys, else the DER SEQUENCE of {@code r} and {@code s}
     * @throws KeyUsageException if the algorithm is none of keys of this spec, or the provider does not offer it
     * @throws InvalidRequestException if the message is a digest of another length than that of the algorithm
     */
    byte[] sign(SignatureAlgorithm algorithm, MessageToSign message);

    /**
     * Returns whether this is a signature of the message under this key. One that is damaged, encoded in another way than
     * {@link #sign} does, or made with another algorithm, is none.
     *
     * @throws KeyUsageException if the algorithm is none of keys of this spec
     * @throws InvalidRequestException if the message is a digest of another length than that of the algorithm
     */
    boolean verify(SignatureAlgorithm algorithm, MessageToSign message, byte[] signature);
}
