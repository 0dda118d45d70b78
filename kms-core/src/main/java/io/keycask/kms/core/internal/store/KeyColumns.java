package io.keycask.kms.core.internal.store;

import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.RotationStatus;
import io.keycask.kms.StoreException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys and key versions as rows and back. Rows are made records of only after their MACs were checked. */
final class KeyColumns {
    // the columns of Table.KEY and Table.KEY_VERSION, by position
    static final int ID = 0;
    private static final int ROW_VERSION = 1;
    private static final int ALIAS = 2;
    private static final int DESCRIPTION = 3;
    private static final int SPEC = 4;
    private static final int USAGE = 5;
    private static final int ORIGIN = 6;
    private static final int PROVIDER = 7;
    private static final int OWNER = 8;
    private static final int STATE = 9;
    private static final int PHASE = 10;
    static final int CREATED = 11;
    private static final int CURRENT_VERSION = 12;
    private static final int ROTATION_DAYS = 13;
    private static final int LAST_ROTATION = 14;
    private static final int NEXT_ROTATION = 15;
    private static final int DELETION = 16;
    private static final int VALID_TO = 17;

    static final int VERSION_ID = 1;
    private static final int VERSION_CREATED = 3;
    private static final int VERSION_READY = 4;
    private static final int VERSION_TOKEN = 5;

    private KeyColumns() {}

    /** Returns the row that the record becomes when it is accepted at this time by the database's clock. */
    static Row row(KeyRecord key, long now) {
        boolean unfinished =
                key.phase() != KeyPhase.LIVE || !key.versions().stream().allMatch(KeyVersionRecord::isReady);
        RotationStatus rotation = key.rotation();
        return Row.of(
                Table.KEY,
                key.id().toString(),
                key.rowVersion(),
                key.alias(),
                key.description(),
                key.spec().name(),
                key.usage().value(),
                key.origin().value(),
                key.provider(),
                key.owner(),
                key.state().value(),
                key.phase().value(),
                key.created().toEpochMilli(),
                key.currentVersion().map(KeyVersionId::toString).orElse(null),
                (long) rotation.periodDays(),
                millis(rotation.last()),
                millis(rotation.next()),
                millis(key.deletionDate()),
                millis(key.validTo()),
                unfinished ? 1L : 0L,
                now);
    }

    static Row row(KeyId key, KeyVersionRecord version, int position) {
        return Row.of(
                Table.KEY_VERSION,
                key.toString(),
                version.id().toString(),
                (long) position,
                version.created().toEpochMilli(),
                version.isReady() ? 1L : 0L,
                version.token());
    }

    /** Returns the origin of a key whose row was not checked yet: what it decides is covered by the check. */
    static KeyOrigin origin(Row row) {
        return row.text(ORIGIN).equals(KeyOrigin.EXTERNAL.value()) ? KeyOrigin.EXTERNAL : KeyOrigin.KMS;
    }

    static KeyRecord key(Row row, List<KeyVersionRecord> versions, Map<String, String> tags, List<Row> attached) {
        return KeyRecord.of(
                id(row.text(ID)),
                KeySpec.of(row.text(SPEC)),
                known(KeyUsage.values(), KeyUsage::value, row, USAGE),
                known(KeyOrigin.values(), KeyOrigin::value, row, ORIGIN),
                row.text(PROVIDER),
                row.text(OWNER),
                Instant.ofEpochMilli(row.number(CREATED)),
                row.number(ROW_VERSION),
                draft -> draft.alias(row.text(ALIAS))
                        .description(row.text(DESCRIPTION))
                        .state(known(KeyState.values(), KeyState::value, row, STATE))
                        .phase(known(KeyPhase.values(), KeyPhase::value, row, PHASE))
                        .tags(tags)
                        .versions(versions)
                        .current(version(row))
                        .rotation(
                                (int) row.number(ROTATION_DAYS),
                                instant(row, LAST_ROTATION),
                                instant(row, NEXT_ROTATION))
                        .deletionDate(instant(row, DELETION))
                        .validTo(instant(row, VALID_TO))
                        .bindings(of(Table.BINDING, attached, ImportColumns::binding)
                                .collect(Collectors.toSet()))
                        .imported(of(Table.IMPORT, attached, ImportColumns::imported)
                                .findFirst()
                                .orElse(null))
                        .wrappingKeys(of(Table.WRAPPING_KEY, attached, ImportColumns::wrappingKey)
                                .sorted(Comparator.comparing(WrappingKeyRecord::validTo)
                                        .thenComparing(WrappingKeyRecord::id))
                                .toList()));
    }

    private static <T> Stream<T> of(Table table, List<Row> attached, Function<Row, T> make) {
        return attached.stream().filter(row -> row.table() == table).map(make);
    }

    static KeyVersionRecord version(Row row, KeyId key) {
        KeyVersionId id = KeyVersionId.parse(row.text(VERSION_ID));
        Instant created = Instant.ofEpochMilli(row.number(VERSION_CREATED));
        return row.number(VERSION_READY) == 1
                ? KeyVersionRecord.ready(id, created, row.blob(VERSION_TOKEN))
                : KeyVersionRecord.creating(id, created);
    }

    /** Returns the id in an id column that was not checked yet. */
    static KeyId id(String text) {
        try {
            return KeyId.parse(text);
        } catch (InvalidRequestException e) {
            throw RowMacs.damaged(Table.KEY, "'" + text + "'");
        }
    }

    private static @Nullable KeyVersionId version(Row row) {
        return row.get(CURRENT_VERSION) == null ? null : KeyVersionId.parse(row.text(CURRENT_VERSION));
    }

    private static @Nullable Long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(null);
    }

    private static @Nullable Instant instant(Row row, int column) {
        return row.get(column) == null ? null : Instant.ofEpochMilli(row.number(column));
    }

    private static <E> E known(E[] all, Function<E, String> value, Row row, int column) {
        for (E constant : all) {
            if (value.apply(constant).equals(row.text(column))) {
                return constant;
            }
        }
        throw StoreException.permanent(
                "kms_key row " + row.text(ID) + ": this release does not know the "
                        + Table.KEY.columns().get(column).name() + " '" + row.text(column) + "'",
                null);
    }
}
