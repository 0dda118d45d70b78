package io.keycask.kms.soft;

import static io.keycask.kms.soft.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.ProviderException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RootKeyTest {
    private static final Argon2Parameters.Cost LOW = new Argon2Parameters.Cost(8 * 1024, 1, 1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void of_anotherLength_isRefused(int size) {
        assertThatThrownBy(() -> RootKey.of(new byte[size]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(size));
    }

    @Test
    void of_leavesTheSourceAlone_takeFromWipesIt() {
        byte[] source = Samples.bytesFrom(1, 32);

        RootKey.of(source).close();
        assertThat(source).isEqualTo(Samples.bytesFrom(1, 32));

        RootKey.takeFrom(source).close();
        assertThat(source).containsOnly(0);
    }

    @Test
    void allKinds_ofOneKey_areOneRootKey() throws Exception {
        byte[] bytes = Samples.bytesFrom(0, 32);
        Keystores.write(folder.resolve("root.p12"), "changeit", "root", "AES", bytes);
        byte[] state;
        try (SoftProvider given = SoftProvider.sealedBy(RootKey.of(bytes))) {
            state = given.sealState("p", secret());
        }

        RootKey keystore = RootKey.keystore(folder.resolve("root.p12"), "changeit".toCharArray(), "root");
        try (SoftProvider other = SoftProvider.sealedBy(keystore)) {
            assertThat(other.unsealState("p", state).copy()).isEqualTo(secret().copy());
        }
    }

    @Test
    void close_beforeTheFirstUse_endsIt() {
        for (RootKey rootKey : new RootKey[] {
            Samples.rootKey(1),
            RootKey.file(folder.resolve("root.key")),
            RootKey.passphrase("p".toCharArray(), folder.resolve("root.params")),
            RootKey.keystore(folder.resolve("root.p12"), "p".toCharArray(), "root")
        }) {
            SoftProvider provider = SoftProvider.sealedBy(rootKey);
            rootKey.close();
            rootKey.close();

            assertThatThrownBy(() -> provider.sealState("p", secret())).isInstanceOf(IllegalStateException.class);
            provider.close();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void close_afterUse_endsIt() {
        RootKey rootKey = Samples.rootKey(1);
        SealingKeys keys = rootKey.findOrCreate();

        rootKey.close();

        assertThatThrownBy(() -> keys.seal(SealedFormat.STATE, new byte[0], new byte[1]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(rootKey::find).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void toString_holdsNoSecret() throws Exception {
        Path file = folder.resolve("secrets/root.key");
        RootKey fromFile = RootKey.file(file);
        fromFile.findOrCreate();
        String hex = Files.readString(file, StandardCharsets.US_ASCII).substring(23, 40);

        assertThat(fromFile.toString()).contains(file.toString()).doesNotContain(hex);
        assertThat(RootKey.passphrase("swordfish".toCharArray(), file).toString())
                .contains(file.toString())
                .doesNotContain("swordfish");
        assertThat(RootKey.keystore(file, "swordfish".toCharArray(), "root").toString())
                .contains(file.toString())
                .doesNotContain("swordfish");
        byte[] letters = new byte[32];
        Arrays.fill(letters, (byte) 'Z');
        assertThat(RootKey.of(letters).toString()).doesNotContain("ZZ", "5a5a", "90, 90");
    }

    @Test
    void passphrase_another_isAnotherRootKey() {
        Path file = folder.resolve("secrets/root.params");
        byte[] state;
        try (SoftProvider first = SoftProvider.sealedBy(RootKey.passphrase("right".toCharArray(), file, LOW))) {
            state = first.sealState("p", secret());
        }

        try (SoftProvider second = SoftProvider.sealedBy(RootKey.passphrase("wrong".toCharArray(), file, LOW))) {
            assertThatThrownBy(() -> second.unsealState("p", state))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("was sealed under another root key")
                    .hasMessageNotContainingAny("right", "wrong");
        }
    }

    @Test
    void passphrase_parametersDamaged_isRefused() throws Exception {
        Path file = folder.resolve("secrets/root.params");
        try (SoftProvider first = SoftProvider.sealedBy(RootKey.passphrase("p".toCharArray(), file, LOW))) {
            first.sealState("p", secret());
        }
        Files.write(file, Damage.flipped(Files.readAllBytes(file), 300));

        try (SoftProvider second = SoftProvider.sealedBy(RootKey.passphrase("p".toCharArray(), file, LOW))) {
            assertThatThrownBy(() -> second.sealState("p", secret()))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("passphrase parameters file " + file + " is damaged");
        }
    }

    @Test
    void passphrase_emptyOrMalformed_isRefused() {
        for (String passphrase : new String[] {"", "\ud800", "a\udc00b"}) {
            assertThatThrownBy(() -> RootKey.passphrase(passphrase.toCharArray(), folder.resolve("p")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void passphrase_callerWipesIt_itWorksAllTheSame() {
        char[] passphrase = "p4ssphrase".toCharArray();
        Path file = folder.resolve("secrets/root.params");
        RootKey rootKey = RootKey.passphrase(passphrase, file, LOW);
        Arrays.fill(passphrase, ' ');

        RootKeyId id = rootKey.findOrCreate().id();

        RootKey again = RootKey.passphrase("p4ssphrase".toCharArray(), file, LOW);
        assertThat(again.findOrCreate().id()).isEqualTo(id);
    }

    @Test
    void keystore_inEveryWayWrong_saysWhat() throws Exception {
        Path p12 = folder.resolve("root.p12");
        assertKeystoreRefused(p12, "changeit", "root", "keystore " + p12 + " is missing");
        Keystores.write(p12, "changeit", "root", "AES", new byte[16]);
        assertKeystoreRefused(p12, "changeit", "root", "has no AES key of 256 bits under root");
        assertKeystoreRefused(p12, "changeit", "toor", "has no AES key toor");
        assertKeystoreRefused(p12, "swordfish", "root", "cannot be read, or its password is another");
        Keystores.write(p12, "changeit", "root", "HmacSHA256", new byte[32]);
        assertKeystoreRefused(p12, "changeit", "root", "has no AES key root");
        Files.write(p12, new byte[] {1, 2, 3});
        assertKeystoreRefused(p12, "changeit", "root", "cannot be read");
    }

    private static void assertKeystoreRefused(Path p12, String password, String alias, String message) {
        try (SoftProvider provider = SoftProvider.sealedBy(RootKey.keystore(p12, password.toCharArray(), alias))) {
            assertThatThrownBy(() -> provider.sealState("p", secret()))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining(message)
                    .hasMessageNotContainingAny("swordfish", "changeit");
            assertThat(provider.health().isUp()).isFalse();
        }
    }
}
