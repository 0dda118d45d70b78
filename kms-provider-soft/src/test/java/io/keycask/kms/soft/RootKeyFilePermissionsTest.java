package io.keycask.kms.soft;

import static io.keycask.kms.soft.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keycask.kms.ProviderException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may reach a root-key file. */
final class RootKeyFilePermissionsTest {
    @TempDir
    private Path temp;

    @Test
    void firstUse_createsAPrivateFileInAPrivateFolder() throws IOException {
        Path file = temp.resolve("a/b/root.key");

        use(file);

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(temp.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(permissions(temp.resolve("a"))).isEqualTo("rwx------");
        try (var files = Files.list(temp.resolve("a/b"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void construction_touchesNothing() {
        RootKey.file(temp.resolve("a/root.key")).close();
        SoftProvider.sealedBy(RootKey.passphrase("p".toCharArray(), temp.resolve("b/root.params")))
                .close();
        RootKey.keystore(temp.resolve("c.p12"), "p".toCharArray(), "root").close();

        assertThat(temp).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rw-rw-rw-", "r--r--r--"})
    void use_fileOpenToOthers_isRefused(String permissions) throws IOException {
        Path file = temp.resolve("secrets/root.key");
        use(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> use(file))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("root-key file " + file + " is open to others")
                .hasMessageContaining(permissions)
                .hasMessageContaining("expected rw-------");
    }

    @Test
    void use_fileOfAnotherUser_isRefused() throws IOException {
        Path file = temp.resolve("secrets/root.key");
        use(file);
        UserPrincipal nobody =
                file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        assumeTrue(System.getProperty("user.name").equals("root"), "only the superuser can give a file away");
        Files.setOwner(file, nobody);

        assertThatThrownBy(() -> use(file))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("the owner is nobody; expected root");
    }

    @Test
    void firstUse_removesTheDraftsOfProcessesThatDied() throws IOException {
        Path folder = Files.createDirectory(
                temp.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createFile(folder.resolve(".root.key.0123456789abcdef.new"));
        Path notOurs = Files.createFile(folder.resolve(".root.key.backup.new"));
        Path ofAnother = Files.createFile(folder.resolve(".other.key.0123456789abcdef.new"));

        use(folder.resolve("root.key"));

        assertThat(draft).doesNotExist();
        assertThat(notOurs).exists();
        assertThat(ofAnother).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
    void use_folderThatOthersCanWriteTo_isRefused(String permissions) throws IOException {
        Path file = temp.resolve("secrets/root.key");
        use(file);
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> use(file))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("can be written to by others")
                .hasMessageContaining(permissions);
    }

    @Test
    void firstUse_folderThatOthersCanWriteTo_createsNothing() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("open"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> use(folder.resolve("root.key"))).isInstanceOf(ProviderException.class);

        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--------", "rw-------", "rwx------"})
    void use_fileOfTheOwnerOnly_works(String permissions) throws IOException {
        Path file = temp.resolve("secrets/root.key");
        use(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));

        use(file);
    }

    @Test
    void use_linkIntoAFolderThatOthersCanWriteTo_isRefused() throws IOException {
        Path file = temp.resolve("open/root.key");
        use(file);
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Path link = Files.createSymbolicLink(
                Files.createDirectory(temp.resolve("mine")).resolve("root.key"), file);

        assertThatThrownBy(() -> use(link)).hasMessageContaining("can be written to by others");
    }

    @Test
    void use_damagedFile_isRefusedAndLeftAlone() throws IOException {
        Path file = temp.resolve("secrets/root.key");
        use(file);
        byte[] intact = Files.readAllBytes(file);

        Damage.of(intact).forEach(damaged -> {
            try {
                Files.write(file, damaged);
                assertThatThrownBy(() -> use(file))
                        .isInstanceOf(ProviderException.class)
                        .hasMessageContaining("root-key file " + file)
                        .message()
                        .doesNotContain(new String(intact, 24, 12, StandardCharsets.US_ASCII));
                assertThat(file).hasBinaryContent(damaged);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        Files.write(file, intact);
        use(file);
    }

    @Test
    void use_hugeFile_isRefusedBeforeItIsRead() throws IOException {
        Path file = temp.resolve("secrets/root.key");
        use(file);
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(1L << 32);
        }

        assertThatThrownBy(() -> use(file)).hasMessageContaining((1L << 32) + " bytes; limit is 103");
    }

    @Test
    void use_linkToNowhere_isRefused() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("root.key"), temp.resolve("nowhere"));

        assertThatThrownBy(() -> use(link))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("root-key file " + link + " is missing");
    }

    private static void use(Path file) {
        try (SoftProvider provider = SoftProvider.sealedBy(RootKey.file(file))) {
            provider.sealState("test", secret());
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
