package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a key's deletion date has come, its sealed material is in no file of the store any more. */
final class DestroyedMaterialTest {
    @TempDir
    Path folder;

    @Test
    void sweep_keyWhoseDateHasCome_leavesNoByteOfItsSealedMaterial() throws Exception {
        MutableClock clock = new MutableClock();
        try (EmbeddedKms kms = TestKms.open(folder, clock)) {
            SymmetricCmk key = kms.createKey(NewKey.named("orders"));
            key.rotate();
            key.rotate();
            List<byte[]> tokens = tokensOf(key);
            assertThat(tokens).hasSize(3).allMatch(this::isInAFile);
            key.disable();
            key.scheduleDeletion(7);
            clock.advance(Duration.ofDays(7));

            assertThat(kms.runMaintenance().deleted()).isEqualTo(1);

            assertThat(tokens).noneMatch(this::isInAFile);
        }
    }

    private List<byte[]> tokensOf(SymmetricCmk key) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("keys.db"));
                PreparedStatement query =
                        connection.prepareStatement("SELECT token FROM kms_key_version WHERE key_id = ?")) {
            query.setString(1, key.id().toString());
            List<byte[]> tokens = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    tokens.add(result.getBytes(1));
                }
            }
            return tokens;
        }
    }

    private boolean isInAFile(byte[] token) {
        String wanted = latin1(token);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .anyMatch(file -> contents(file).contains(wanted));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String contents(Path file) {
        try {
            return latin1(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
