package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.soft.Vectors.Frozen;
import io.keycask.kms.spi.KeyVersionRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What version 1 of each format looks like, for ever. */
final class FrozenFormatsTest {
    static Stream<Frozen> sealed() {
        return Vectors.objects("sealed-1.json").stream();
    }

    @Test
    void files_areComplete() {
        assertThat(sealed()).hasSize(11);
    }

    @ParameterizedTest
    @MethodSource("sealed")
    void sealed_opensAsItAlwaysDid(Frozen vector) {
        try (RootKeyRing ring = new RootKeyRing(RootKey.of(vector.hex("rootKey")), List.of())) {
            if (vector.isValid()) {
                assertThat(open(ring, vector)).isEqualTo(vector.hex("secret"));
            } else {
                assertThatThrownBy(() -> open(ring, vector)).isInstanceOf(ProviderException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sealed")
    void rootKeyId_isAsItAlwaysWas(Frozen vector) {
        try (SealingKeys keys = SealingKeys.takeFrom(vector.hex("rootKey"))) {
            assertThat(keys.id()).hasToString(vector.text("rootKeyId"));
        }
    }

    private static byte[] open(RootKeyRing ring, Frozen vector) {
        if (vector.text("kind").equals("state")) {
            return ring.open(SealedFormat.STATE, Belonging.of(vector.text("purpose")), vector.hex("sealed"), "state");
        }
        KeyVersionRef version =
                new KeyVersionRef(KeyId.parse(vector.text("keyId")), KeyVersionId.parse(vector.text("versionId")));
        byte[] belongsTo = Belonging.of(KeySpec.of(vector.text("spec")), version);
        return ring.open(SealedFormat.KEY_VERSION, belongsTo, vector.hex("sealed"), "key version");
    }

    @Test
    void rootKeyFile_opensAsItAlwaysDid(@TempDir Path folder) throws Exception {
        Path file = privateFile(folder, "root-key-1.txt");
        Frozen state = sealed().filter(vector -> vector.text("comment").equals("sealed state"))
                .findFirst()
                .orElseThrow();

        try (SoftProvider provider = SoftProvider.sealedBy(RootKey.file(file));
                SecretBytes secret = provider.unsealState(state.text("purpose"), state.hex("sealed"))) {
            assertThat(secret.copy()).isEqualTo(state.hex("secret"));
        }
    }

    @Test
    void passphrase_opensAsItAlwaysDid(@TempDir Path folder) throws Exception {
        Path file = privateFile(folder, "passphrase-1.txt");
        Frozen state = Vectors.objects("passphrase-1.json").get(0);

        RootKey rootKey = RootKey.passphrase(state.text("passphrase").toCharArray(), file);

        try (SoftProvider provider = SoftProvider.sealedBy(rootKey);
                SecretBytes secret = provider.unsealState(state.text("purpose"), state.hex("sealed"))) {
            assertThat(secret.copy()).isEqualTo(state.hex("secret"));
        }
    }

    private static Path privateFile(Path folder, String name) throws Exception {
        Path file = Files.write(folder.resolve(name), Vectors.bytes(name));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
