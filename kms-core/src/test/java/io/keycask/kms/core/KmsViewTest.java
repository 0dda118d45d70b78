package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code Kms.as} returns, for callers that no policy allows anything. */
final class KmsViewTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final KeyId NOBODYS = new KeyId(UUID.fromString("0197a3c0-0000-7000-8000-000000000009"));

    @TempDir
    Path folder;

    private EmbeddedKms kms;
    private SymmetricCmk orders;

    @BeforeEach
    void open() {
        kms = TestKms.builder(folder).build();
        orders = kms.createKey(NewKey.named("orders"));
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void rootView_doesEverything() {
        Kms view = kms.as(Caller.root().requestId("r-1"));

        Ciphertext ciphertext = view.symmetricKey("orders").encrypt(new byte[] {1}, CONTEXT);

        assertThat(view.decrypt(ciphertext, CONTEXT)).containsExactly(1);
        assertThat(view.as(Caller.account("alice"))).hasToString("Kms[alice]");
    }

    @Test
    void accountView_withoutPolicy_mayNothing() {
        Kms view = kms.as(Caller.account("alice"));
        Ciphertext ciphertext = orders.encrypt(new byte[] {1}, CONTEXT);

        refused(() -> view.symmetricKey("orders"));
        refused(() -> view.symmetricKey(orders.id()));
        refused(() -> view.createKey(NewKey.named("more")));
        refused(() -> view.decrypt(ciphertext, CONTEXT));
        refused(() -> view.reEncrypt(ciphertext, CONTEXT));
        refused(() -> view.listKeys(KeyQuery.all()));
        refused(() -> view.disableKeys(List.of(orders.id())));
        refused(() -> view.disableKeys(List.of()));
        assertThat(kms.findKey("more")).isEmpty();
    }

    @Test
    void refusal_isTheSameWhetherTheKeyExistsOrNot() {
        Kms view = kms.as(Caller.account("alice"));

        String refusal = refused(() -> view.key(orders.id()));

        assertThat(refused(() -> view.key(NOBODYS))).isEqualTo(refusal);
        assertThat(refused(() -> view.findKey("orders"))).isEqualTo(refusal);
        assertThat(refused(() -> view.findKey("nobodys"))).isEqualTo(refusal);
        assertThat(refused(() -> view.createKeyIfAbsent(NewKey.named("orders"))))
                .isEqualTo(refusal);
        assertThat(refused(() -> view.createKeyIfAbsent(NewKey.named("nobodys"))))
                .isEqualTo(refusal);
        assertThat(refused(() -> view.enableKeys(List.of(orders.id())))).isEqualTo(refusal);
        assertThat(refused(() -> view.enableKeys(List.of(NOBODYS)))).isEqualTo(refusal);
    }

    @Test
    void accountView_cannotActAsAnotherCaller() {
        Kms view = kms.as(Caller.account("alice"));

        refused(() -> view.as(Caller.root()));
        refused(() -> view.as(Caller.account("alice").attribute("mfa", "true")));
    }

    @Test
    void systemActor_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> kms.as(Caller.system("maintenance")));
    }

    @Test
    void close_ofAView_leavesTheServiceOpen() {
        kms.as(Caller.account("alice")).close();

        assertThat(kms.findKey("orders")).isPresent();
    }

    private static String refused(Runnable action) {
        AccessDeniedException[] refusal = new AccessDeniedException[1];
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(action::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED_OPERATION))
                .satisfies(e -> refusal[0] = e);
        return String.valueOf(refusal[0].getMessage());
    }
}
