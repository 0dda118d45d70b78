package io.keycask.kms.core.internal.audit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** Whatever bytes an export has: a report, or a refusal. */
@Tag("fuzz")
final class AuditExportFuzzTest {
    private static final Path PUBLIC_KEY = Path.of("src/test/resources/vectors/audit-export-1.pem");

    @FuzzTest(maxDuration = "1m")
    void verify_anyBytes_isAReportOrRefused(byte[] bytes) throws IOException {
        PublicKey key = PublicKeyPem.decode(Files.readString(PUBLIC_KEY));
        try {
            ExportVerifier.verify(new ExportLines(new ByteArrayInputStream(bytes)), key, Optional.empty());
        } catch (IllegalArgumentException e) {
            // not an export
        }
    }
}
