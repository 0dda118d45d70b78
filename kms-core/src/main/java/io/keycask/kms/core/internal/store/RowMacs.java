package io.keycask.kms.core.internal.store;

import io.keycask.kms.SecretBytes;
import io.keycask.kms.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The MACs of rows, under keys that are derived from the store key for each table.
 *
 * <p>HMAC-SHA256; the keys are HKDF-Expand (RFC 5869 §2.3) of the store key, which is uniformly random, with the
 * purpose as info. Thread-safe: a {@code Mac} belongs to one thread at a time and is used again.
 */
final class RowMacs {
    /** What list cursors are made under; no table has this name. */
    static final String CURSOR = "cursor";

    /** What the tokens of imports are made under. */
    static final String IMPORT_TOKEN = "import-token";

    /** What the keys that recognize imported material are derived under. */
    static final String MATERIAL = "imported-material";

    /** What cursors of the audit trail are made under. */
    static final String AUDIT_CURSOR = "audit-cursor";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String INFO = "keycask/store/v1/";

    private final UUID storeId;
    private final Map<String, Pool> pools = new HashMap<>();

    /** Derives the keys; {@code storeKey} is not kept. */
    RowMacs(UUID storeId, SecretBytes storeKey) {
        this.storeId = storeId;
        storeKey.use(key -> {
            Table.ALL.forEach(table -> pools.put(table.name(), new Pool(derive(key, table.name()))));
            for (String purpose : List.of(CURSOR, AUDIT_CURSOR, IMPORT_TOKEN, MATERIAL)) {
                pools.put(purpose, new Pool(derive(key, purpose)));
            }
            return pools.size();
        });
    }

    UUID storeId() {
        return storeId;
    }

    /** Returns an input that begins with the store id and this table or purpose. */
    MacInput input(String purpose) {
        return new MacInput(storeId, purpose);
    }

    /** Returns the MAC of a row of which no other table is a part. */
    byte[] of(Row row) {
        String table = row.table().name();
        return of(table, input(table).row(row));
    }

    byte[] of(String purpose, MacInput input) {
        Pool pool = pools.get(purpose);
        if (pool == null) {
            throw new IllegalArgumentException("no key for " + purpose);
        }
        return pool.mac(input);
    }

    /** Checks the MAC of a row of which no other table is a part; the failure names the table and the row. */
    void check(Row row, String name) {
        check(row, name, of(row));
    }

    void check(Row row, String name, byte[] expected) {
        // STO-8: in constant time
        if (!MessageDigest.isEqual(expected, row.mac())) {
            throw damaged(row.table(), name);
        }
    }

    static StoreException damaged(Table table, String name) {
        return StoreException.permanent(table + " row " + name + ": the integrity check failed", null);
    }

    private static SecretKeySpec derive(byte[] storeKey, String purpose) {
        Mac mac = mac(new SecretKeySpec(storeKey, ALGORITHM));
        mac.update((INFO + purpose).getBytes(StandardCharsets.US_ASCII));
        return new SecretKeySpec(mac.doFinal(new byte[] {1}), ALGORITHM);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }

    private static final class Pool {
        private final SecretKeySpec key;
        private final ConcurrentLinkedDeque<Mac> idle = new ConcurrentLinkedDeque<>();

        Pool(SecretKeySpec key) {
            this.key = key;
        }

        byte[] mac(MacInput input) {
            Mac borrowed = idle.poll();
            Mac mac = borrowed == null ? RowMacs.mac(key) : borrowed;
            mac.update(input.toBuffer());
            byte[] result = mac.doFinal();
            idle.push(mac);
            return result;
        }
    }
}
