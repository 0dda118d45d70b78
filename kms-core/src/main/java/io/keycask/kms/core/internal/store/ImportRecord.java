package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyVersionId;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * What the first import of material decided about a key for ever: the version that ciphertexts name, and what the material
 * is recognized by. Immutable.
 *
 * <p>The provider knows each import as a version of its own (a {@link KeyVersionRecord} with another id), so that the end
 * of earlier material can never touch that of a later import.
 */
public final class ImportRecord {
    private final KeyVersionId versionId;
    private final Instant created;
    private final byte[] recognition;

    private ImportRecord(KeyVersionId versionId, Instant created, byte[] recognition) {
        this.versionId = versionId;
        this.created = created;
        this.recognition = recognition;
    }

    /** The record of a first import. */
    public static ImportRecord of(KeyVersionId versionId, Instant created, byte[] recognition) {
        return new ImportRecord(versionId, created, recognition.clone());
    }

    /** Returns the version that ciphertexts name. */
    public KeyVersionId versionId() {
        return versionId;
    }

    /** Returns when the first import was, in whole milliseconds. */
    public Instant created() {
        return created;
    }

    /** Returns whether this is the recognition value of the material that was imported first. */
    public boolean isOf(byte[] other) {
        return MessageDigest.isEqual(recognition, other);
    }

    byte[] recognition() {
        return recognition.clone();
    }
}
