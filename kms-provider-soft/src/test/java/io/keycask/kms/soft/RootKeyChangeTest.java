package io.keycask.kms.soft;

import static io.keycask.kms.soft.Samples.AAD;
import static io.keycask.kms.soft.Samples.PLAINTEXT;
import static io.keycask.kms.soft.Samples.newKey;
import static io.keycask.kms.soft.Samples.provider;
import static io.keycask.kms.soft.Samples.rootKey;
import static io.keycask.kms.soft.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyVersionId;
import io.keycask.kms.ProviderException;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyVersionRef;
import io.keycask.kms.spi.Sealed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong root key, and the change to a new one. */
final class RootKeyChangeTest {
    @TempDir
    private Path folder;

    @Test
    void decrypt_underAnotherRootKey_saysSo() {
        KeyHandle key;
        Sealed sealed;
        try (SoftProvider first = provider(1)) {
            key = newKey(first);
            sealed = first.encrypt(key, PLAINTEXT, AAD);
        }
        try (SoftProvider second = provider(2)) {
            assertThatThrownBy(() -> second.decrypt(key, sealed, AAD))
                    .isInstanceOfSatisfying(
                            ProviderException.class,
                            e -> assertThat(e.isRetryable()).isFalse())
                    .hasMessageContaining("was sealed under another root key")
                    .hasMessageContaining(key.version().toString());
        }
    }

    @Test
    void unsealState_underAnotherRootKey_saysSo() {
        byte[] state;
        try (SoftProvider first = provider(1)) {
            state = first.sealState("store-key", secret());
        }
        try (SoftProvider second = provider(2)) {
            assertThatThrownBy(() -> second.unsealState("store-key", state))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("state store-key was sealed under another root key");
        }
    }

    @Test
    void unsealState_fileIsMissing_saysSoAndCreatesNothing() {
        Path file = folder.resolve("secrets/root.key");
        byte[] state;
        KeyHandle key;
        try (SoftProvider first = provider(1)) {
            state = first.sealState("store-key", secret());
            key = newKey(first);
        }
        try (SoftProvider second = SoftProvider.sealedBy(RootKey.file(file))) {
            assertThatThrownBy(() -> second.unsealState("store-key", state))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("root-key file " + file + " is missing");
            assertThatThrownBy(() -> second.encrypt(key, PLAINTEXT, AAD))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("root-key file " + file + " is missing");
            assertThat(second.isCurrent(key)).isFalse();
            second.destroy(key);
            assertThat(second.health().isUp()).isTrue();
            assertThat(second.health().detail()).contains("does not exist yet");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void unsealState_passphraseParametersAreMissing_saysSoAndCreatesNothing() {
        Path file = folder.resolve("secrets/root.params");
        byte[] state;
        try (SoftProvider first = provider(1)) {
            state = first.sealState("store-key", secret());
        }
        try (SoftProvider second = SoftProvider.sealedBy(RootKey.passphrase("p".toCharArray(), file))) {
            assertThatThrownBy(() -> second.unsealState("store-key", state))
                    .hasMessageContaining("passphrase parameters file " + file + " is missing");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void previously_opensBothAndSealsUnderTheNewer() {
        KeyHandle oldKey;
        byte[] oldState;
        Sealed sealed;
        try (SoftProvider first = provider(1)) {
            oldKey = newKey(first);
            oldState = first.sealState("store-key", secret());
            sealed = first.encrypt(oldKey, PLAINTEXT, AAD);
        }
        KeyHandle newKey;
        byte[] newState;
        try (SoftProvider both = provider(2).previously(rootKey(1))) {
            newKey = newKey(both);
            newState = both.sealState("store-key", secret());

            assertThat(both.decrypt(oldKey, sealed, AAD).copy()).isEqualTo(PLAINTEXT);
            assertThat(both.unsealState("store-key", oldState).copy()).isEqualTo(secret().copy());
            assertThat(both.isCurrent(oldKey)).isFalse();
            assertThat(both.isCurrentState(oldState)).isFalse();
            assertThat(both.isCurrent(newKey)).isTrue();
            assertThat(both.isCurrentState(newState)).isTrue();
        }
        try (SoftProvider second = provider(2)) {
            second.encrypt(newKey, PLAINTEXT, AAD);
            second.unsealState("store-key", newState).close();
        }
    }

    @Test
    void previously_newFileDoesNotExistYet_opensTheOldAndCreatesTheNewWhenItSeals() {
        Path file = folder.resolve("new/root.key");
        KeyHandle oldKey;
        byte[] oldState;
        try (SoftProvider first = provider(1)) {
            oldKey = newKey(first);
            oldState = first.sealState("store-key", secret());
        }
        try (SoftProvider both = SoftProvider.sealedBy(RootKey.file(file)).previously(rootKey(1))) {
            both.unsealState("store-key", oldState).close();
            both.encrypt(oldKey, PLAINTEXT, AAD);
            assertThat(both.isCurrentState(oldState)).isFalse();
            assertThat(file).doesNotExist();

            KeyHandle resealed = both.reseal(oldKey);

            assertThat(file).exists();
            assertThat(both.isCurrent(resealed)).isTrue();
        }
    }

    @Test
    void reseal_stoppedAtAnyPoint_goesOnLater() {
        int count = 6;
        List<KeyHandle> stored = new ArrayList<>();
        List<Sealed> messages = new ArrayList<>();
        try (SoftProvider first = provider(1)) {
            for (int i = 0; i < count; i++) {
                KeyHandle key = first.create(
                        KeySpec.AES_256, new KeyVersionRef(new KeyId(new UUID(0, i)), new KeyVersionId(i)));
                stored.add(key);
                messages.add(first.encrypt(key, PLAINTEXT, AAD));
            }
        }
        // each run does one key and ends, as after a crash; in between everything opens
        for (int run = 0; run < count; run++) {
            try (SoftProvider both = provider(2).previously(rootKey(1))) {
                int next = (int) stored.stream().filter(both::isCurrent).count();
                assertThat(next).isEqualTo(run);
                stored.set(next, both.reseal(stored.get(next)));
                for (int i = 0; i < count; i++) {
                    assertThat(both.decrypt(stored.get(i), messages.get(i), AAD).copy())
                            .isEqualTo(PLAINTEXT);
                }
            }
        }
        try (SoftProvider second = provider(2)) {
            for (int i = 0; i < count; i++) {
                assertThat(second.decrypt(stored.get(i), messages.get(i), AAD).copy())
                        .isEqualTo(PLAINTEXT);
            }
        }
    }

    @Test
    void reseal_whatIsCurrent_keepsTheMaterial() {
        try (SoftProvider provider = provider(1)) {
            KeyHandle key = newKey(provider);
            Sealed sealed = provider.encrypt(key, PLAINTEXT, AAD);

            KeyHandle again = provider.reseal(key);

            assertThat(again.token()).isNotEqualTo(key.token());
            assertThat(again.version()).isEqualTo(key.version());
            assertThat(provider.decrypt(again, sealed, AAD).copy()).isEqualTo(PLAINTEXT);
        }
    }

    @Test
    void health_unreadableRootKey_isDownAndSaysWhy() throws Exception {
        Path file = Files.createDirectories(folder.resolve("root.key"));
        try (SoftProvider provider = SoftProvider.sealedBy(RootKey.file(file))) {
            assertThat(provider.health().isUp()).isFalse();
            assertThat(provider.health().detail()).contains(file.toString(), "not a regular file");
        }
    }
}
