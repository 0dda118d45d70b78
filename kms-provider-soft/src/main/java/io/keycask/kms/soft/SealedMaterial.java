package io.keycask.kms.soft;

import io.keycask.kms.KeySpec;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.Arrays;

/**
 * Seals the material of key versions under the root keys and opens it.
 *
 * @param rootKeys the root keys
 */
record SealedMaterial(RootKeyRing rootKeys) {
    /** Returns the handle of the material, which is wiped. */
    KeyHandle seal(KeySpec spec, KeyVersionRef version, byte[] material) {
        try {
            byte[] belongsTo = Belonging.of(spec, version);
            return KeyHandle.of(spec, version, rootKeys.seal(SealedFormat.KEY_VERSION, belongsTo, material));
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    /** Returns the material, which the caller has to wipe. */
    byte[] open(KeyHandle key) {
        byte[] belongsTo = Belonging.of(key.spec(), key.version());
        return rootKeys.open(SealedFormat.KEY_VERSION, belongsTo, key.token(), "key version " + key.version());
    }
}
