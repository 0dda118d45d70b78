package io.keycask.kms;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The audit trail: every operation with its outcome, in hash chains that show when one was tampered with.
 *
 * <p>Thread-safe. Every method is an operation that is audited itself, and may throw {@link StoreException} and, to a
 * caller without permission, {@link AccessDeniedException}.
 */
public interface AuditLog {
    /**
     * Returns a page of the events that fit the query (event {@code LookUpEvents}).
     *
     * <p>At most {@value #MAX_SCANNED} events are looked at for one page. So a page may hold fewer events than the limit,
     * or none, and have a {@link Page#next()} all the same.
     */
    Page<AuditRecord> find(AuditQuery query);

    /** The most events that are looked at for one page. */
    int MAX_SCANNED = 100_000;

    /** Verifies the whole trail (event {@code VerifyEvents}): finds what was changed, removed, moved or added. */
    AuditReport verify();

    /**
     * Verifies the whole trail against a checkpoint that was kept outside (event {@code VerifyEvents}): finds also an end
     * that was cut off since, and a store that was put back to an older copy.
     */
    AuditReport verify(AuditCheckpoint lastKnown);

    /** Signs how far the trail is now, and hands that to the sinks (event {@code CreateAuditCheckpoint}). */
    AuditCheckpoint checkpoint();

    /** Returns the public key of checkpoints, Ed25519, as PEM; it is the same during the whole life of a store. */
    String publicKeyPem();

    /**
     * Writes the whole trail as lines of JSON (event {@code ExportEvents}), complete enough to be verified by someone who
     * has the public key only: {@code io.keycask.kms.core.AuditExport}.
     *
     * @param out is written to while the store is read, and not closed
     * @return the checkpoint that the export ends with
     */
    AuditCheckpoint export(OutputStream out) throws IOException;

    /**
     * Writes the whole trail into a new file that only its owner may read; otherwise as {@link #export(OutputStream)}.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file
     */
    AuditCheckpoint export(Path newFile) throws IOException;

    /**
     * Drops the events of each chain up to the first that is not older than this moment (event {@code DropEvents}). They
     * are verified first. Export them before: they are gone.
     *
     * @throws StoreException that is not retryable if they are not as they were written; then nothing more is dropped
     */
    DroppedEvents dropBefore(Instant moment);
}
