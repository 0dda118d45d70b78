package io.keycask.kms.core.internal.record;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.RecordCipher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Records of one data key: checks what comes from outside, and leaves the rest to the keys of prefixes. */
final class PrefixRecordCipher implements RecordCipher {
    private final RecordKey key;
    private final WritingPrefix writing;
    private final PrefixKeyCache reading;
    private volatile boolean closed;

    /** A cipher that closes all of these with itself. */
    PrefixRecordCipher(RecordKey key, WritingPrefix writing, PrefixKeyCache reading) {
        this.key = key;
        this.writing = writing;
        this.reading = reading;
    }

    @Override
    public byte[] encrypt(byte[] value, byte[] associatedData) {
        requireUsable(associatedData);
        byte[] record = new byte[RecordCipher.recordBytes(value.length)];
        seal(value, 0, value.length, associatedData, record, 0);
        return record;
    }

    @Override
    public int encrypt(byte[] value, int offset, int length, byte[] associatedData, byte[] record, int recordOffset) {
        requireUsable(associatedData);
        checkFromIndexSize(offset, length, value.length);
        int written = RecordCipher.recordBytes(length);
        checkFromIndexSize(recordOffset, written, record.length);
        seal(value, offset, length, associatedData, record, recordOffset);
        return written;
    }

    private void seal(byte[] value, int offset, int length, byte[] associatedData, byte[] record, int at) {
        byte[] rest = writing.drawRest();
        while (true) {
            PrefixKey prefix = writing.next();
            try {
                prefix.seal(rest, associatedData, value, offset, length, record, at);
                return;
            } catch (IllegalStateException e) {
                // Another thread may have found the prefix exhausted and wiped it; nothing was written under it.
                if (closed || !prefix.isWiped()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public byte[] decrypt(byte[] record, byte[] associatedData) {
        requireUsable(associatedData);
        byte[] value = new byte[RecordCipher.valueBytes(record.length)]; // REC-6
        open(record, 0, record.length, associatedData, value, 0);
        return value;
    }

    @Override
    public int decrypt(byte[] record, int offset, int length, byte[] associatedData, byte[] value, int valueOffset) {
        requireUsable(associatedData);
        checkFromIndexSize(offset, length, record.length);
        checkFromIndexSize(valueOffset, RecordCipher.valueBytes(length), value.length); // REC-6
        return open(record, offset, length, associatedData, value, valueOffset);
    }

    private int open(byte[] record, int offset, int length, byte[] associatedData, byte[] value, int at) {
        if (record[offset] != key.format()) { // REC-2
            throw new DecryptionException();
        }
        return reading.open(record, offset, length, associatedData, value, at);
    }

    @Override
    public List<byte[]> encryptAll(List<byte[]> values, List<byte[]> associatedData) {
        requireSameSize(values, associatedData);
        List<byte[]> records = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            records.add(encrypt(values.get(i), associatedData.get(i)));
        }
        return Collections.unmodifiableList(records);
    }

    @Override
    public List<byte[]> decryptAll(List<byte[]> records, List<byte[]> associatedData) {
        requireSameSize(records, associatedData);
        List<byte[]> values = new ArrayList<>(records.size());
        try {
            for (int i = 0; i < records.size(); i++) {
                values.add(decrypt(records.get(i), associatedData.get(i)));
            }
        } catch (RuntimeException e) {
            values.forEach(value -> Arrays.fill(value, (byte) 0));
            throw e;
        }
        return Collections.unmodifiableList(values);
    }

    private static void requireSameSize(List<byte[]> data, List<byte[]> associatedData) {
        if (data.size() != associatedData.size()) {
            throw new IllegalArgumentException("associated data of " + associatedData.size() + " for " + data.size());
        }
    }

    private void requireUsable(byte[] associatedData) {
        requireNonNull(associatedData, "associatedData");
        if (closed) {
            throw new IllegalStateException("the record cipher is closed");
        }
        if (associatedData.length > MAX_ASSOCIATED_DATA_BYTES) { // REC-7
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "associated data is " + associatedData.length + " bytes; limit is " + MAX_ASSOCIATED_DATA_BYTES);
        }
    }

    @Override
    public void close() {
        closed = true;
        key.close(); // first: nothing is derived any more while the derived keys go
        writing.close();
        reading.close();
    }

    @Override
    public String toString() {
        return "RecordCipher";
    }
}
