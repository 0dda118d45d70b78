package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditReport;
import io.keycask.kms.core.internal.audit.ExportLines;
import io.keycask.kms.core.internal.audit.ExportVerifier;
import io.keycask.kms.core.internal.audit.PublicKeyPem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;

/**
 * Verifies an export of an audit trail without the store, by someone who has the public key only.
 *
 * <p>The key has to come from somewhere that who made the export could not change: {@code AuditLog.publicKeyPem()}, noted
 * down when the store was made.
 */
public final class AuditExport {
    private AuditExport() {}

    /**
     * Finds what was changed, removed, moved or added.
     *
     * @param publicKeyPem what {@code AuditLog.publicKeyPem()} returned
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not an export, or the key not a key
     */
    public static AuditReport verify(Path file, String publicKeyPem) throws IOException {
        return verify(file, publicKeyPem, Optional.empty());
    }

    /**
     * Finds also whether the export is one of a trail whose end was cut off since the checkpoint, or of an older copy of
     * the store.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is not an export, the key not a key, or the checkpoint not one of that key
     */
    public static AuditReport verify(Path file, String publicKeyPem, AuditCheckpoint lastKnown) throws IOException {
        return verify(file, publicKeyPem, Optional.of(requireNonNull(lastKnown, "lastKnown")));
    }

    private static AuditReport verify(Path file, String publicKeyPem, Optional<AuditCheckpoint> lastKnown)
            throws IOException {
        PublicKey key = PublicKeyPem.decode(requireNonNull(publicKeyPem, "publicKeyPem"));
        try (InputStream in = Files.newInputStream(requireNonNull(file, "file"))) {
            return ExportVerifier.verify(new ExportLines(in), key, lastKnown);
        }
    }
}
