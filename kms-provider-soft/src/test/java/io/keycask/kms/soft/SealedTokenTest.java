package io.keycask.kms.soft;

import static io.keycask.kms.soft.Samples.AAD;
import static io.keycask.kms.soft.Samples.OTHER_VERSION;
import static io.keycask.kms.soft.Samples.PLAINTEXT;
import static io.keycask.kms.soft.Samples.VERSION;
import static io.keycask.kms.soft.Samples.handle;
import static io.keycask.kms.soft.Samples.newKey;
import static io.keycask.kms.soft.Samples.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.KeySpec;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import io.keycask.kms.spi.KeyHandle;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sealed key versions and sealed state, damaged and swapped in every way. */
final class SealedTokenTest {
    private final SoftProvider provider = provider(0);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void keyVersion_hasTheDocumentedLength() {
        assertThat(newKey(provider).token()).hasSize(81);
    }

    @Test
    void keyVersion_anyDamage_isAPermanentFaultOfTheProvider() {
        byte[] token = newKey(provider).token();

        Damage.of(token).forEach(damaged -> assertPermanent(() -> provider.encrypt(handle(damaged), PLAINTEXT, AAD)));
    }

    @Test
    void keyVersion_anyDamageWhileTheIntactKeyIsCached_isNoticed() {
        KeyHandle key = newKey(provider);
        provider.encrypt(key, PLAINTEXT, AAD);

        Damage.of(key.token())
                .forEach(damaged -> assertPermanent(() -> provider.encrypt(handle(damaged), PLAINTEXT, AAD)));
    }

    @Test
    void keyVersion_anyDamage_isNotResealed() {
        byte[] token = newKey(provider).token();

        Damage.of(token).forEach(damaged -> assertPermanent(() -> provider.reseal(handle(damaged))));
    }

    @Test
    void keyVersion_tokenOfAnotherVersion_isNoticed() {
        byte[] token = newKey(provider).token();

        assertPermanent(() -> provider.encrypt(KeyHandle.of(KeySpec.AES_256, OTHER_VERSION, token), PLAINTEXT, AAD));
    }

    @Test
    void keyVersion_partsOfTwoTokensMixed_areNoticed() {
        byte[] one = newKey(provider).token();
        byte[] two = newKey(provider).token();

        int[] borders = {0, 1, 9, 33, 65, 81};
        for (int part = 2; part + 1 < borders.length; part++) {
            byte[] mixed = one.clone();
            System.arraycopy(two, borders[part], mixed, borders[part], borders[part + 1] - borders[part]);
            assertPermanent(() -> provider.encrypt(handle(mixed), PLAINTEXT, AAD));
        }
    }

    @Test
    void aad_isBoundToTheSpec() {
        assertThat(Belonging.of(KeySpec.AES_256, VERSION)).isNotEqualTo(Belonging.of(KeySpec.of("AES_25"), VERSION));
    }

    @Test
    void labels_areAllDifferent() {
        Set<String> labels = new HashSet<>(Set.of("keycask soft 1: root key id"));

        for (SealedFormat format : SealedFormat.values()) {
            assertThat(labels.add(format.label())).isTrue();
        }
    }

    @Test
    void stateAndKeyVersion_neverOpenAsEachOther() {
        byte[] key = newKey(provider).token();
        byte[] state = provider.sealState("p", SecretBytes.copyOf(new byte[32]));
        byte[] keyAsState = key.clone();
        keyAsState[0] = SealedFormat.STATE.id();
        byte[] stateAsKey = state.clone();
        stateAsKey[0] = SealedFormat.KEY_VERSION.id();

        assertPermanent(() -> provider.unsealState("p", key));
        assertPermanent(() -> provider.unsealState("p", keyAsState));
        assertPermanent(() -> provider.encrypt(handle(state), PLAINTEXT, AAD));
        assertPermanent(() -> provider.encrypt(handle(stateAsKey), PLAINTEXT, AAD));
    }

    @Test
    void state_anyDamage_isAPermanentFaultOfTheProvider() {
        byte[] state = provider.sealState("p", Samples.secret());

        Damage.of(state).forEach(damaged -> assertPermanent(() -> provider.unsealState("p", damaged)));
    }

    @Test
    void state_purposeWithAnUnpairedSurrogate_isRefused() {
        assertThatThrownBy(() -> provider.sealState("\ud800", Samples.secret()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertPermanent(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.isRetryable()).isFalse());
    }
}
