package io.keycask.kms.core.internal.audit;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditFault.Kind;
import io.keycask.kms.AuditReport;
import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Verifies an export line by line, with the public key of its checkpoints only. Used by one thread. */
public final class ExportVerifier {
    private static final String CHECKPOINT = "{\"checkpoint\":";

    private final PublicKey key;
    private final AuditExamination examination;
    private long lines = 1;
    private @Nullable UUID current;
    private @Nullable AuditVerifier walk;
    private @Nullable Checkpoint last;

    private ExportVerifier(PublicKey key, AuditExamination examination) {
        this.key = key;
        this.examination = examination;
    }

    /** Where the lines come from; null behind the last. */
    @FunctionalInterface
    public interface Lines {
        /** Returns the next line. */
        @Nullable
        String next() throws IOException;
    }

    /**
     * Verifies the export.
     *
     * @throws IllegalArgumentException if the first line is not that of an export, or {@code lastKnown} was not signed
     *     with this key
     */
    public static AuditReport verify(Lines lines, PublicKey key, Optional<AuditCheckpoint> lastKnown)
            throws IOException {
        String first = lines.next();
        UUID store = store(first);
        Optional<Checkpoint> known = lastKnown.map(checkpoint -> Checkpoint.open(checkpoint, key));
        ExportVerifier verifier = new ExportVerifier(key, new AuditExamination(store, known));
        for (String line = lines.next(); line != null; line = lines.next()) {
            verifier.accept(line);
        }
        return verifier.end(store, first);
    }

    private static UUID store(@Nullable String first) {
        try {
            return ExportFormat.store(first == null ? "" : first);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an audit export: the first line is another one", e);
        }
    }

    private void accept(String line) {
        lines++;
        if (last != null) {
            bad("a line behind the checkpoint that ends the export", Kind.ADDED);
            return;
        }
        try {
            if (line.startsWith(CHECKPOINT)) {
                last = Checkpoint.open(AuditCheckpoint.parse(line), key);
            } else {
                accept(ExportFormat.entry(line));
            }
        } catch (IllegalArgumentException e) {
            bad("not a line that an export has: " + e.getMessage(), Kind.CHANGED);
        }
    }

    private void bad(String text, Kind kind) {
        examination.fault("line " + lines, kind, text);
    }

    private void accept(AuditEntry entry) {
        if (entry.chain().equals(AuditRegistry.CHAIN) && current == null) {
            examination.registry(entry);
            return;
        }
        if (!entry.chain().equals(current)) {
            current = entry.chain();
            walk = examination.hasBegun(current) || current.equals(AuditRegistry.CHAIN)
                    ? null
                    : examination.begin(current);
            if (walk == null) {
                bad("an event of the chain " + current + ", which stands further above", Kind.ADDED);
            }
        }
        if (walk != null) {
            walk.accept(entry);
        }
    }

    private AuditReport end(UUID store, @Nullable String header) {
        Checkpoint now = last;
        if (now == null) {
            examination.fault("checkpoint", Kind.REMOVED, "the export has no end");
            now = new Checkpoint(store, 0, new AuditHead(0, new byte[0]), Checkpoint.noChains());
        } else if (!ExportFormat.header(now.storeId(), now.timeMillis()).equals(header)) {
            examination.fault("checkpoint", Kind.CHANGED, "it is one of another store or another moment");
        }
        examination.registryEnd(now.registry());
        // a chain may be there without a line: everything in it was dropped, or cut off
        now.open().keySet().stream()
                .filter(chain -> !examination.hasBegun(chain))
                .forEach(examination::begin);
        for (UUID chain : examination.begun()) {
            Optional<AuditHead> end = examination.endOf(chain, now);
            if (end.isPresent()) {
                examination.end(chain, end.get());
            } else {
                examination.fault(chain, Kind.ADDED, "a chain that neither the registry nor the checkpoint knows");
            }
        }
        return examination.report();
    }
}
