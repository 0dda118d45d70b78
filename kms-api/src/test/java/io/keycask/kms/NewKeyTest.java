package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NewKeyTest {
    @Test
    void named_hasTheDefaults() {
        NewKey<SymmetricCmk> key = NewKey.named("orders");

        assertThat(key.alias()).isEqualTo("orders");
        assertThat(key.spec()).isEmpty();
        assertThat(key.description()).isEmpty();
        assertThat(key.provider()).isEmpty();
        assertThat(key.tags()).isEmpty();
        assertThat(key.handle()).isEqualTo(SymmetricCmk.class);
        assertThat(key).hasToString("NewKey[orders]");
    }

    @Test
    void changedCopies_leaveTheOriginalAlone() {
        NewKey<SymmetricCmk> plain = NewKey.named("orders");

        NewKey<SymmetricCmk> full = plain.description("order lines")
                .spec(KeySpec.SM4)
                .provider("hsm")
                .tag("team", "pay")
                .tag("stage", "");

        assertThat(full.description()).isEqualTo("order lines");
        assertThat(full.spec()).hasValue(KeySpec.SM4);
        assertThat(full).hasToString("NewKey[orders, SM4]");
        assertThat(full.provider()).hasValue("hsm");
        assertThat(full.tags()).containsEntry("team", "pay").containsEntry("stage", "");
        assertThatThrownBy(() -> full.tags().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(plain.description()).isEmpty();
        assertThat(plain.tags()).isEmpty();
        assertThat(plain.provider()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "A-b_c",
                "kms",
                "kmsx",
                "orders-kms-",
                "a23456789012345678901234567890123456789012345678901234567890"
            })
    void alias_allowed(String alias) {
        assertThat(NewKey.named(alias).alias()).isEqualTo(alias);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "_a",
                "a b",
                "a/b",
                "\u00e4",
                "a\n",
                "kms-a",
                "KMS-a",
                "kMs-",
                "a234567890123456789012345678901234567890123456789012345678901"
            })
    void alias_refused(String alias) {
        assertThatThrownBy(() -> NewKey.named(alias))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ALIAS));
    }

    @Test
    void description_isCountedInBytes() {
        NewKey<SymmetricCmk> key = NewKey.named("a");

        assertThat(key.description("x".repeat(1_024)).description()).hasSize(1_024);
        assertThat(key.description("\u00e4".repeat(512)).description()).hasSize(512);
        assertThatThrownBy(() -> key.description("x".repeat(1_025))).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> key.description("\u00e4".repeat(513))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void tag_givenTwice_isRefused() {
        NewKey<SymmetricCmk> key = NewKey.named("a").tag("k", "1");

        assertThatThrownBy(() -> key.tag("k", "2"))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.TAG_KEYS_DUPLICATED));
    }

    @Test
    void tag_lengths_haveBounds() {
        NewKey<SymmetricCmk> key = NewKey.named("a");

        assertThat(key.tag("k".repeat(127), "v".repeat(255)).tags()).hasSize(1);
        assertThatThrownBy(() -> key.tag("", "v")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> key.tag("k".repeat(128), "v")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> key.tag("k", "v".repeat(256))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void tags_haveALimit() {
        NewKey<SymmetricCmk> key = NewKey.named("a");
        for (int i = 0; i < NewKey.MAX_TAGS; i++) {
            key = key.tag("k" + i, "v");
        }
        NewKey<SymmetricCmk> full = key;

        assertThatThrownBy(() -> full.tag("more", "v"))
                .isInstanceOfSatisfying(
                        LimitExceededException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }

    @Test
    void text_withHalfOfASurrogatePair_isRefused() {
        for (String half : new String[] {"\ud800", "a\udc00b", "\udc00\ud800"}) {
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> NewKey.named("orders").description(half));
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> NewKey.named("orders").tag(half, ""));
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> NewKey.named("orders").tag("t", half));
        }
        assertThat(NewKey.named("orders").description("\ud83d\udd11").description())
                .isEqualTo("\ud83d\udd11");
    }

    @Test
    void managedBy_mayUseTheReservedPrefixAndOwnsTheKey() {
        NewKey<SymmetricCmk> request = NewKey.managedBy("backup", "kms-backup");

        assertThat(request.owner()).isEqualTo("backup");
        assertThat(request.alias()).isEqualTo("kms-backup");
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(request::external);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> NewKey.managedBy("user", "kms-backup"));
    }

    @Test
    void external_staysWithEveryCopy() {
        NewKey<SymmetricCmk> request = NewKey.named("orders")
                .external()
                .spec(KeySpec.SM4)
                .description("d")
                .tag("a", "b")
                .provider("p");

        assertThat(request.origin()).isEqualTo(KeyOrigin.EXTERNAL);
        assertThat(request.owner()).isEqualTo("user");
        assertThat(NewKey.named("orders").origin()).isEqualTo(KeyOrigin.KMS);
    }
}
