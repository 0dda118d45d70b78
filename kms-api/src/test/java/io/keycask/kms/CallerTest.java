package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallerTest {
    @Test
    void root_isOneAndOwnsTheNameRoot() {
        assertThat(Caller.root()).isEqualTo(Caller.root());
        assertThat(Caller.root().name()).isEqualTo("root");
        assertThat(Caller.root().kind()).isEqualTo(Caller.Kind.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "a", "7", "alice@example.com", "a.b_c-d"})
    void account_ofAllowedName_isTaken(String name) {
        Caller caller = Caller.account(name);

        assertThat(caller.name()).isEqualTo(name);
        assertThat(caller.kind()).isEqualTo(Caller.Kind.ACCOUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "root", "ROOT", "system:maintenance", "-a", ".a", "a b", "a/b", "ä"})
    void account_ofAnotherForm_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Caller.account(name));
    }

    @Test
    void account_ofMoreThan64Characters_isRefused() {
        assertThat(Caller.account("a".repeat(64)).name()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> Caller.account("a".repeat(65)));
    }

    @Test
    void system_isNamedForItsWork() {
        assertThat(Caller.system("maintenance").name()).isEqualTo("system:maintenance");
        assertThat(Caller.system("maintenance").kind()).isEqualTo(Caller.Kind.SYSTEM);
    }

    @Test
    void copies_keepEverythingElse() throws Exception {
        InetAddress address = InetAddress.getByName("10.0.0.1");

        Caller caller = Caller.account("alice")
                .accessKey("AKID1")
                .sourceAddress(address)
                .requestId("r-1")
                .attribute("mfa", "true");

        assertThat(caller.name()).isEqualTo("alice");
        assertThat(caller.accessKey()).contains("AKID1");
        assertThat(caller.sourceAddress()).contains(address);
        assertThat(caller.requestId()).contains("r-1");
        assertThat(caller.attributes()).isEqualTo(Map.of("mfa", "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "ä"})
    void accessKeyRequestIdAndAttribute_ofAnotherForm_areRefused(String text) {
        Caller caller = Caller.account("alice");

        assertThatIllegalArgumentException().isThrownBy(() -> caller.accessKey(text));
        assertThatIllegalArgumentException().isThrownBy(() -> caller.requestId(text));
        assertThatIllegalArgumentException().isThrownBy(() -> caller.attribute(text, "x"));
    }

    @Test
    void attribute_the33rd_isRefused() {
        Caller caller = Caller.account("alice");
        for (int i = 0; i < 32; i++) {
            caller = caller.attribute("a" + i, "");
        }
        Caller full = caller;

        assertThat(full.attribute("a0", "again").attributes()).hasSize(32);
        assertThatIllegalArgumentException().isThrownBy(() -> full.attribute("a32", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> full.attribute("a0", "x".repeat(129)));
    }

    @Test
    void equals_comparesAllParts() {
        assertThat(Caller.account("alice")).isEqualTo(Caller.account("alice"));
        assertThat(Caller.account("alice")).hasSameHashCodeAs(Caller.account("alice"));
        assertThat(Caller.account("alice")).isNotEqualTo(Caller.account("bob"));
        assertThat(Caller.account("alice")).isNotEqualTo(Caller.account("alice").accessKey("AKID1"));
        assertThat(Caller.account("alice").accessKey("AKID1")).hasToString("Caller[alice]");
    }
}
