package io.keycask.kms.soft;

import io.keycask.kms.KeySpec;
import io.keycask.kms.crypto.AeadKey;
import io.keycask.kms.crypto.Sm4GcmHkdfSm3;
import io.keycask.kms.crypto.Xaes256Gcm;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.CiphertextSuite;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The specs of key that the software provider offers, each with the one suite of its keys (BLOB-8). */
@SuppressWarnings("ImmutableEnumChecker") // a KeySpec is immutable; kms-api has no annotation that would say so
enum OfferedSpec {
    AES_256(KeySpec.AES_256, Xaes256Gcm.KEY_BYTES, CiphertextSuite.XAES_256_GCM) {
        @Override
        AeadKey key(byte[] material) {
            return Xaes256Gcm.of(material);
        }
    },
    SM4(KeySpec.SM4, Sm4GcmHkdfSm3.KEY_BYTES, CiphertextSuite.SM4_GCM_HKDF_SM3) {
        @Override
        AeadKey key(byte[] material) {
            return Sm4GcmHkdfSm3.of(material);
        }
    };

    private final KeySpec spec;
    private final int materialBytes;
    private final CiphertextSuite suite;

    OfferedSpec(KeySpec spec, int materialBytes, CiphertextSuite suite) {
        this.spec = spec;
        this.materialBytes = materialBytes;
        this.suite = suite;
    }

    /** Returns the offer for keys of this spec, if there is one. */
    static Optional<OfferedSpec> of(KeySpec spec) {
        return Arrays.stream(values()).filter(offer -> offer.spec.equals(spec)).findFirst();
    }

    /** Returns what the provider can do with keys of these specs. */
    static Set<Capability> capabilities() {
        return Arrays.stream(values())
                .flatMap(offer ->
                        Stream.of(Capability.encrypt(offer.spec, offer.suite), Capability.importing(offer.spec)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the length of the material. */
    int materialBytes() {
        return materialBytes;
    }

    /** Returns how keys of this spec encrypt. */
    CiphertextSuite suite() {
        return suite;
    }

    /** Returns the key of this material. */
    abstract AeadKey key(byte[] material);
}
