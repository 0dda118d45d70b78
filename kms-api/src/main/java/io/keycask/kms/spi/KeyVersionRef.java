package io.keycask.kms.spi;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyVersionId;

/**
 * Names one version of one key.
 *
 * @param keyId the key
 * @param versionId the version
 */
public record KeyVersionRef(KeyId keyId, KeyVersionId versionId) {
    @Override
    public String toString() {
        return keyId + "/" + versionId;
    }
}
