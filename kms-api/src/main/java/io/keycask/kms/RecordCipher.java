package io.keycask.kms;

import java.util.List;

/**
 * Encrypts and decrypts many small values, such as the cells of a database, under one data key.
 *
 * <p>A value becomes a record that is {@value #OVERHEAD_BYTES} bytes longer. Its associated data is authenticated with it
 * but not stored in it: pass what ties the value to its place (table, column, primary key), so that nobody can move a
 * record to another one. An empty array stands for none. Thread-safe.
 *
 * <p>The length of the data key decides how: 32 bytes are for XAES-256-GCM, 16 for SM4-GCM under keys from HKDF-SM3.
 *
 * <p>Until {@link #close()} the data key is in memory. That has a price: disabling or deleting the customer master key does
 * not take the data key away from a cipher that is open, and the audit trail shows that the data key was opened, not
 * every record. Where a change of state has to take effect at once, close the cipher, or open one for each piece of
 * work. A record does not commit to its key: who holds two data keys can make one that opens under both.
 *
 * <p>Large data belongs in an {@link EnvelopeCipher}. A call that {@link #close()} overtakes either succeeds or throws {@code
 * IllegalStateException}; every later one throws it.
 */
public interface RecordCipher extends AutoCloseable {
    /** How much longer a record is than its value. */
    int OVERHEAD_BYTES = 41;

    /** The longest value: 16 MiB. */
    int MAX_VALUE_BYTES = 16 * 1024 * 1024;

    /** The longest associated data: 64 KiB. */
    int MAX_ASSOCIATED_DATA_BYTES = 64 * 1024;

    /**
     * Returns the length of the record of a value.
     *
     * @throws InvalidRequestException if a value cannot have this length
     */
    static int recordBytes(int valueBytes) {
        if (valueBytes < 0 || valueBytes > MAX_VALUE_BYTES) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "value is " + valueBytes + " bytes; expected 0 to " + MAX_VALUE_BYTES);
        }
        return valueBytes + OVERHEAD_BYTES;
    }

    /**
     * Returns the length of the value in a record.
     *
     * @throws DecryptionException if no record has this length
     */
    static int valueBytes(int recordBytes) {
        if (recordBytes < OVERHEAD_BYTES || recordBytes > MAX_VALUE_BYTES + OVERHEAD_BYTES) {
            throw new DecryptionException();
        }
        return recordBytes - OVERHEAD_BYTES;
    }

    /**
     * Encrypts a value.
     *
     * @throws InvalidRequestException if the value or the associated data is too long
     */
    byte[] encrypt(byte[] value, byte[] associatedData);

    /**
     * Encrypts {@code length} bytes of {@code value} into the caller's array, which may be the same one.
     *
     * @return the number of bytes written, {@link #recordBytes recordBytes(length)}
     * @throws InvalidRequestException if the value or the associated data is too long
     * @throws IndexOutOfBoundsException if a range does not lie in its array
     */
    int encrypt(byte[] value, int offset, int length, byte[] associatedData, byte[] record, int recordOffset);

    /**
     * Decrypts a record.
     *
     * @throws DecryptionException if the record was altered, or has another key or other associated data
     * @throws InvalidRequestException if the associated data is too long
     */
    byte[] decrypt(byte[] record, byte[] associatedData);

    /**
     * Decrypts {@code length} bytes of {@code record} into the caller's array, which may be the same one. If this throws,
     * the array holds nothing of the value.
     *
     * @return the number of bytes written, {@link #valueBytes valueBytes(length)}
     * @throws DecryptionException if the record was altered, or has another key or other associated data
     * @throws InvalidRequestException if the associated data is too long
     * @throws IndexOutOfBoundsException if a range does not lie in its array
     */
    int decrypt(byte[] record, int offset, int length, byte[] associatedData, byte[] value, int valueOffset);

    /**
     * Encrypts values, each with its own associated data ({@code Collections.nCopies} if they have the same).
     *
     * @return the records, in the order of the values
     * @throws IllegalArgumentException if the lists have different lengths
     * @throws InvalidRequestException if a value or associated data is too long
     */
    List<byte[]> encryptAll(List<byte[]> values, List<byte[]> associatedData);

    /**
     * Decrypts records, each with its own associated data: all of them or none.
     *
     * @return the values, in the order of the records
     * @throws DecryptionException if one record was altered, or has another key or other associated data
     * @throws IllegalArgumentException if the lists have different lengths
     * @throws InvalidRequestException if associated data is too long
     */
    List<byte[]> decryptAll(List<byte[]> records, List<byte[]> associatedData);

    /** Wipes the keys. Idempotent. */
    @Override
    void close();
}
