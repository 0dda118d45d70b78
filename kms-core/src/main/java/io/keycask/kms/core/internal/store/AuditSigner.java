package io.keycask.kms.core.internal.store;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.audit.AuditHead;
import io.keycask.kms.core.internal.audit.Checkpoint;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Signs checkpoints with the key pair of the store, whose private key the anchor sealed. It is made when it is first
 * needed; of two processes that make one at once, the row of the first counts.
 */
final class AuditSigner {
    private static final String PURPOSE = "keycask/audit-signer/v1/";
    private static final String ONLY_ROW = "signer";
    private static final int CREATED = 1;
    private static final int PROVIDER = 2;
    private static final int PUBLIC_KEY = 3;
    private static final int SEALED_KEY = 4;
    private static final String BY_ID = Table.AUDIT_SIGNER.select() + " WHERE id = '" + ONLY_ROW + "'";

    private final Connections connections;
    private final RowMacs macs;
    private final AuditRegistrar registrar;
    private final StoreAnchor anchor;

    /** Guards {@link #keys}; held while the anchor works, once in the life of the process. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable KeyPair keys;

    AuditSigner(Connections connections, RowMacs macs, AuditRegistrar registrar, StoreAnchor anchor) {
        this.connections = connections;
        this.macs = macs;
        this.registrar = registrar;
        this.anchor = anchor;
    }

    /** Returns how far the trail is; the session is in a transaction. A chain whose row is damaged is not named. */
    Checkpoint now(Session session) throws SQLException {
        SortedMap<UUID, AuditHead> open = Checkpoint.noChains();
        for (Row chain : AuditRows.openChains(session)) {
            if (MessageDigest.isEqual(macs.of(chain), chain.mac())) {
                open.put(UUID.fromString(chain.text(AuditRows.CHAIN_ID)), AuditRows.head(chain));
            }
        }
        long time = connections.dialect().time(session);
        return new Checkpoint(macs.storeId(), time, registrar.head(session), open);
    }

    AuditCheckpoint sign(Checkpoint checkpoint) {
        return checkpoint.sign(keys().getPrivate());
    }

    PublicKey publicKey() {
        return keys().getPublic();
    }

    private KeyPair keys() {
        lock.lock();
        try {
            KeyPair known = keys;
            if (known == null) {
                Optional<Row> row = row();
                if (row.isEmpty()) {
                    create();
                    row = row();
                }
                known = open(row.orElseThrow(() -> RowMacs.damaged(Table.AUDIT_SIGNER, ONLY_ROW)));
                keys = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Row> row() {
        Optional<Row> row =
                connections.withReader(session -> session.one(BY_ID, result -> Row.read(Table.AUDIT_SIGNER, result)));
        row.ifPresent(found -> macs.check(found, ONLY_ROW));
        return row;
    }

    private void create() {
        KeyPair pair = generate();
        try (SecretBytes secret = SecretBytes.takeFrom(pair.getPrivate().getEncoded())) {
            byte[] sealed = anchor.seal(purpose(), secret);
            Retry.run(() -> connections.write(session -> {
                long now = connections.dialect().time(session);
                Row row = row(now, anchor.provider(), pair.getPublic().getEncoded(), sealed);
                return session.update(Table.AUDIT_SIGNER.insert() + " ON CONFLICT DO NOTHING", row.parameters());
            }));
        }
    }

    private Row row(long created, String provider, byte[] publicKey, byte[] sealed) {
        Row row = Row.of(Table.AUDIT_SIGNER, ONLY_ROW, created, provider, publicKey, sealed);
        return row.withMac(macs.of(row));
    }

    private KeyPair open(Row row) {
        try (SecretBytes secret = anchor.of(row.text(PROVIDER)).unseal(purpose(), row.blob(SEALED_KEY))) {
            KeyFactory factory = KeyFactory.getInstance(Checkpoint.ALGORITHM);
            PrivateKey privateKey = secret.<PrivateKey, GeneralSecurityException>use(
                    encoded -> factory.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            return new KeyPair(factory.generatePublic(new X509EncodedKeySpec(row.blob(PUBLIC_KEY))), privateKey);
        } catch (GeneralSecurityException e) {
            throw StoreException.permanent(Table.AUDIT_SIGNER + " row " + ONLY_ROW + ": not a key pair", e);
        }
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(Checkpoint.ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + Checkpoint.ALGORITHM, e);
        }
    }

    /** Seals the private key again if it is sealed under an earlier root key; returns whether it was. */
    boolean reseal(StoreAnchor first) {
        Optional<Row> found = row();
        if (found.isEmpty()) {
            return false;
        }
        Row row = found.get();
        StoreAnchor current = first.of(row.text(PROVIDER));
        if (current.isCurrent(row.blob(SEALED_KEY))) {
            return false;
        }
        byte[] sealed;
        try (SecretBytes secret = current.unseal(purpose(), row.blob(SEALED_KEY))) {
            sealed = current.seal(purpose(), secret);
        }
        Row next = row(row.number(CREATED), current.provider(), row.blob(PUBLIC_KEY), sealed);
        int changed = connections.write(session -> session.update(
                Table.AUDIT_SIGNER.update() + " WHERE id = ? AND mac = ?", next.parameters(ONLY_ROW, row.mac())));
        if (changed == 0) {
            throw new StaleRecordException("the audit signer was sealed again by another process", null);
        }
        return true;
    }

    private String purpose() {
        return PURPOSE + macs.storeId();
    }
}
