package io.keycask.kms.spi;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeySpec;
import io.keycask.kms.SignatureAlgorithm;

/**
 * One thing that a provider can do: one algorithm with keys of one spec.
 *
 * @param spec the kind of key
 * @param algorithm the name of the algorithm: that of a {@link CiphertextSuite}, a {@link SignatureAlgorithm} or a {@link
 *     DecryptionAlgorithm}, or {@link #IMPORT}
 */
public record Capability(KeySpec spec, String algorithm) {
    /** The algorithm name that says that material of the spec can be imported. */
    public static final String IMPORT = "IMPORT";

    /** A capability of these parts. */
    public Capability {
        requireNonNull(spec, "spec");
        requireNonNull(algorithm, "algorithm");
    }

    /** Returns the capability to encrypt and decrypt with keys of this spec. */
    public static Capability encrypt(KeySpec spec, CiphertextSuite suite) {
        return new Capability(spec, suite.name());
    }

    /** Returns the capability to sign with key pairs of this spec: {@link KeyPairs}. */
    public static Capability sign(KeySpec spec, SignatureAlgorithm algorithm) {
        return new Capability(spec, algorithm.name());
    }

    /** Returns the capability to decrypt with key pairs of this spec: {@link KeyPairs}. */
    public static Capability decrypt(KeySpec spec, DecryptionAlgorithm algorithm) {
        return new Capability(spec, algorithm.name());
    }

    /** Returns the capability to import material of this spec. */
    public static Capability importing(KeySpec spec) {
        return new Capability(spec, IMPORT);
    }
}
