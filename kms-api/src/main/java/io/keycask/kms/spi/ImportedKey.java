package io.keycask.kms.spi;

import static java.util.Objects.requireNonNull;

/** What an import made: the handle of the key version, and what its material is recognized by. Immutable. */
public final class ImportedKey {
    /** The length of the recognition value. */
    public static final int RECOGNITION_BYTES = 32;

    private final KeyHandle handle;
    private final byte[] recognition;

    private ImportedKey(KeyHandle handle, byte[] recognition) {
        this.handle = requireNonNull(handle, "handle");
        this.recognition = recognition;
    }

    /**
     * Returns the answer of these parts.
     *
     * @throws IllegalArgumentException if the recognition value has not {@value #RECOGNITION_BYTES} bytes
     */
    public static ImportedKey of(KeyHandle handle, byte[] recognition) {
        if (recognition.length != RECOGNITION_BYTES) {
            throw new IllegalArgumentException(
                    "recognition value is " + recognition.length + " bytes; expected " + RECOGNITION_BYTES);
        }
        return new ImportedKey(handle, recognition.clone());
    }

    /** Returns the handle of the key version. */
    public KeyHandle handle() {
        return handle;
    }

    /** Returns the recognition value. */
    public byte[] recognition() {
        return recognition.clone();
    }

    @Override
    public String toString() {
        return "ImportedKey[" + handle + "]";
    }
}
