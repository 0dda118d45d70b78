package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keycask.kms.AuditCheckpoint;
import io.keycask.kms.AuditReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The export that an independent program wrote from docs/formats.md §8 verifies for ever, and nothing like it does. */
final class FrozenAuditExportTest {
    private static final Path VECTORS = Path.of("src/test/resources/vectors");
    private static final Path EXPORT = VECTORS.resolve("audit-export-1.jsonl");

    @TempDir
    private Path folder;

    private String key;

    @BeforeEach
    void readKey() throws IOException {
        key = Files.readString(VECTORS.resolve("audit-export-1.pem"));
    }

    @Test
    void export_ofAnIndependentProgram_verifies() throws IOException {
        AuditReport report = AuditExport.verify(EXPORT, key);

        assertThat(report.faults()).isEmpty();
        assertThat(report.events()).isEqualTo(8);
        assertThat(AuditExport.verify(EXPORT, key, checkpoint()).isIntact()).isTrue();
    }

    @Test
    void export_withAnyByteFlippedOrCut_isRefused() throws IOException {
        byte[] export = Files.readAllBytes(EXPORT);
        Path changed = folder.resolve("changed.jsonl");

        for (int at = 0; at < export.length; at++) {
            byte[] flipped = export.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            assertRefused(Files.write(changed, flipped), at);
        }
        for (int length = 0; length < export.length; length += 16) {
            assertRefused(Files.write(changed, Arrays.copyOf(export, length)), length);
        }
    }

    @Test
    void checkpoint_withAnyCharacterChanged_isRefused() throws IOException {
        String text = checkpoint().text();
        for (int i = 0; i < text.length(); i++) {
            String changed = text.substring(0, i) + (text.charAt(i) == '0' ? '1' : '0') + text.substring(i + 1);
            assertThatIllegalArgumentException()
                    .as("character %d", i)
                    .isThrownBy(() -> AuditExport.verify(EXPORT, key, AuditCheckpoint.parse(changed)));
        }
    }

    private static AuditCheckpoint checkpoint() throws IOException {
        List<String> lines = Files.readAllLines(EXPORT);
        return AuditCheckpoint.parse(lines.get(lines.size() - 1));
    }

    private void assertRefused(Path file, int at) throws IOException {
        try {
            assertThat(AuditExport.verify(file, key).faults()).as("byte %d", at).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("audit export");
        }
    }
}
