package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ResourceBinding;
import io.keycask.kms.StoreException;
import io.keycask.kms.WrappingAlgorithm;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Bindings and what belongs to imported material as rows and back; the MACs of the rows were checked before. */
final class ImportColumns {
    // the columns of Table.BINDING, Table.IMPORT and Table.WRAPPING_KEY, by position
    private static final int SERVICE = 1;
    private static final int RESOURCE = 2;

    private static final int VERSION_ID = 1;
    private static final int CREATED = 2;
    private static final int RECOGNITION = 3;

    private static final int WRAPPING_KEY_ID = 1;
    private static final int ALGORITHM = 2;
    private static final int VALID_TO = 3;
    private static final int TOKEN = 4;

    private ImportColumns() {}

    static Row row(KeyId key, ResourceBinding binding) {
        return Row.of(Table.BINDING, key.toString(), binding.service(), binding.resource());
    }

    static Row row(KeyId key, ImportRecord imported) {
        return Row.of(
                Table.IMPORT,
                key.toString(),
                imported.versionId().toString(),
                imported.created().toEpochMilli(),
                imported.recognition());
    }

    static Row row(KeyId key, WrappingKeyRecord wrappingKey) {
        return Row.of(
                Table.WRAPPING_KEY,
                key.toString(),
                wrappingKey.id().toString(),
                (long) wrappingKey.algorithm().id(),
                wrappingKey.validTo().toEpochMilli(),
                wrappingKey.token());
    }

    static ResourceBinding binding(Row row) {
        return new ResourceBinding(row.text(SERVICE), row.text(RESOURCE));
    }

    static ImportRecord imported(Row row) {
        return ImportRecord.of(
                KeyVersionId.parse(row.text(VERSION_ID)),
                Instant.ofEpochMilli(row.number(CREATED)),
                row.blob(RECOGNITION));
    }

    static WrappingKeyRecord wrappingKey(Row row) {
        WrappingAlgorithm algorithm = Arrays.stream(WrappingAlgorithm.values())
                .filter(a -> a.id() == row.number(ALGORITHM))
                .findFirst()
                .orElseThrow(() -> StoreException.permanent(
                        "kms_wrapping_key row " + row.text(WRAPPING_KEY_ID)
                                + ": this release does not know the algorithm " + row.number(ALGORITHM),
                        null));
        Instant validTo = Instant.ofEpochMilli(row.number(VALID_TO));
        return WrappingKeyRecord.creating(UUID.fromString(row.text(WRAPPING_KEY_ID)), algorithm, validTo)
                .ready(row.blob(TOKEN));
    }
}
