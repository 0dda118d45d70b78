package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KmsExceptionTest {
    @Test
    void tree_isClosed() {
        assertThat(KmsException.class).isAbstract();
        assertThat(KmsException.class.getDeclaredConstructors())
                .noneMatch(constructor -> Modifier.isPublic(constructor.getModifiers())
                        || Modifier.isProtected(constructor.getModifiers()));
        List<Class<? extends KmsException>> leaves = List.of(
                KeyNotFoundException.class,
                KeyStateException.class,
                KeyUsageException.class,
                InvalidRequestException.class,
                LimitExceededException.class,
                AccessDeniedException.class,
                DecryptionException.class,
                ProviderException.class,
                StoreException.class);
        assertThat(leaves).allMatch(leaf -> Modifier.isFinal(leaf.getModifiers()));
    }

    @Test
    void decryptionFailure_saysTheSameEveryTimeAndHasNoCause() {
        assertThat(new DecryptionException())
                .hasMessage(new DecryptionException().getMessage())
                .hasNoCause();
        assertThat(new DecryptionException().code()).isEqualTo(ErrorCode.INVALID_CIPHERTEXT);
        assertThat(new DecryptionException().isRetryable()).isFalse();
    }

    @Test
    void providerAndStoreFailures_knowWhetherToWait() {
        IOException cause = new IOException("away");

        assertThat(ProviderException.retryable("m", cause).isRetryable()).isTrue();
        assertThat(ProviderException.permanent("m", null).isRetryable()).isFalse();
        assertThat(StoreException.retryable("m", null).isRetryable()).isTrue();
        assertThat(StoreException.permanent("m", cause).isRetryable()).isFalse();
        assertThat(ProviderException.retryable("m", cause)).hasCause(cause).hasMessage("m");
        assertThat(StoreException.permanent("m", cause).code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void requestFailures_carryTheirCode() {
        assertThat(new KeyStateException(ErrorCode.CMK_DISABLED, "m").code()).isEqualTo(ErrorCode.CMK_DISABLED);
        assertThat(new KeyUsageException(ErrorCode.INVALID_KEY_USAGE, "m").code())
                .isEqualTo(ErrorCode.INVALID_KEY_USAGE);
        assertThat(new KeyNotFoundException("m").code()).isEqualTo(ErrorCode.CMK_NOT_FOUND);
        assertThat(new AccessDeniedException("m").code()).isEqualTo(ErrorCode.UNAUTHORIZED_OPERATION);
    }

    @Test
    void wireValues_areUnique() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::value)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(KeyState.values()).map(KeyState::value)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(KeyOrigin.values()).map(KeyOrigin::value)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(KeyUsage.values()).map(KeyUsage::value)).doesNotHaveDuplicates();
    }
}
