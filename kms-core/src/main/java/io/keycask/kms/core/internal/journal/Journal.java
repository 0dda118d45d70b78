package io.keycask.kms.core.internal.journal;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditLog;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.AuditReport;
import io.keycask.kms.Caller;
import io.keycask.kms.DroppedEvents;
import io.keycask.kms.Page;
import io.keycask.kms.core.internal.audit.AuditTrail;
import io.keycask.kms.core.internal.audit.PublicKeyPem;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.Store;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The audit trail for one caller. Thread-safe. */
public final class Journal implements AuditLog {
    private static final String EVENTS = "events";

    private final CallPath path;
    private final Store store;
    private final AuditTrail trail;
    private final Consumer<AuditCheckpoint> sinks;
    private final Caller caller;

    /** The trail as this caller may see it; {@code sinks} takes the checkpoints that are made. */
    public Journal(CallPath path, Store store, AuditTrail trail, Consumer<AuditCheckpoint> sinks, Caller caller) {
        this.path = path;
        this.store = store;
        this.trail = trail;
        this.sinks = sinks;
        this.caller = caller;
    }

    @Override
    public Page<AuditRecord> find(AuditQuery query) {
        return path.call(Operation.LOOK_UP_EVENTS, caller, details -> {
            trail.flush(); // what happened before is found
            Page<AuditRecord> page = store.findAudit(query);
            details.note(EVENTS, page.items().size());
            return page;
        });
    }

    @Override
    public AuditReport verify() {
        return verify(Optional.empty());
    }

    @Override
    public AuditReport verify(AuditCheckpoint lastKnown) {
        return verify(Optional.of(lastKnown));
    }

    private AuditReport verify(Optional<AuditCheckpoint> lastKnown) {
        return path.call(Operation.VERIFY_EVENTS, caller, details -> {
            AuditReport report = store.examineAudit(lastKnown);
            details.note(EVENTS, report.events()).note("faults", report.faults().size());
            return report;
        });
    }

    @Override
    public AuditCheckpoint checkpoint() {
        return path.call(Operation.CREATE_AUDIT_CHECKPOINT, caller, details -> {
            trail.flush();
            AuditCheckpoint checkpoint = store.checkpoint();
            sinks.accept(checkpoint);
            return checkpoint;
        });
    }

    @Override
    public String publicKeyPem() {
        return path.call(Operation.GET_AUDIT_PUBLIC_KEY, caller, details -> PublicKeyPem.encode(store.checkpointKey()));
    }

    @Override
    public AuditCheckpoint export(OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        try {
            AuditCheckpoint end = path.call(Operation.EXPORT_EVENTS, caller, details -> {
                trail.flush();
                return store.exportAudit(line -> write(writer, line));
            });
            writer.flush();
            return end;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(Writer writer, String line) {
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public AuditCheckpoint export(Path newFile) throws IOException {
        OutputStream file = OwnFile.create(newFile);
        boolean done = false;
        try (file) {
            AuditCheckpoint end = export(file);
            done = true;
            return end;
        } finally {
            if (!done) {
                Files.deleteIfExists(newFile);
            }
        }
    }

    @Override
    public DroppedEvents dropBefore(Instant moment) {
        return path.call(Operation.DROP_EVENTS, caller, details -> {
            details.note("before", moment);
            trail.flush();
            long count = store.dropAudit(moment);
            details.note(EVENTS, count);
            AuditCheckpoint checkpoint = store.checkpoint();
            sinks.accept(checkpoint);
            return new DroppedEvents(count, checkpoint);
        });
    }
}
