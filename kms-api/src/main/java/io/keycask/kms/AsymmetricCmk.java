package io.keycask.kms;

/**
 * A handle of a customer master key that is a key pair. Thread-safe.
 *
 * <p>Everything here needs an enabled key; otherwise the answer is a {@link KeyStateException}. If the provider of the key
 * is out of reach, it is a {@link ProviderException}. A key pair has one version for all its life: it cannot be rotated.
 */
public interface AsymmetricCmk extends Cmk {
    /** Returns the public key, which may be given to anybody. */
    PublicKey publicKey();
}
