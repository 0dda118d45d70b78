package io.keycask.kms.core.internal.asymmetric;

import io.keycask.kms.KeySpec;
import java.util.Optional;

/** The public key of a key pair, checked. Immutable. */
sealed interface PublicHalf permits RsaKey, CurveKey {
    /** Returns the public key of this spec that this DER SubjectPublicKeyInfo is, if it is one. */
    static Optional<PublicHalf> parse(KeySpec spec, byte[] der) {
        return RsaKey.sizeBytes(spec).isPresent()
                ? RsaKey.parse(spec, der).map(PublicHalf.class::cast)
                : CurveKey.parse(spec, der).map(PublicHalf.class::cast);
    }
}
