package io.keycask.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PinTest {
    @TempDir
    Path folder;

    private Path file(String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("pin"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String read(Pin pin) {
        try (SecretBytes bytes = pin.get()) {
            return new String(bytes.copy(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12-ü", "12-ü\n", "12-ü\r\n", "12-ü\nsecond line\n"})
    void file_givesItsFirstLine(String content) throws Exception {
        assertThat(read(Pin.file(file(content, "rw-------")))).isEqualTo("12-ü");
        assertThat(read(Pin.file(file(content, "rw-------")))).isEqualTo("12-ü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw--w----", "rw-----w-", "rwx--x---"})
    void file_ofOthersToo_isRefused(String mode) throws Exception {
        Pin pin = Pin.file(file("1234", mode));

        assertThatThrownBy(pin::get)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("can be used by others; expected mode 0600")
                .hasMessageNotContaining("1234");
    }

    @Test
    void file_emptyOrTooLongOrMissing_isRefused() throws Exception {
        assertThatThrownBy(Pin.file(file("\n1234", "rw-------"))::get).hasMessageContaining("empty line");
        assertThatThrownBy(Pin.file(file("1".repeat(1_025), "rw-------"))::get)
                .hasMessageContaining("longer than 1024");
        assertThatThrownBy(Pin.file(folder.resolve("none"))::get).hasMessageContaining("cannot be read");
    }

    @Test
    void callback_arrayIsWiped() {
        char[] given = "12-ü".toCharArray();

        assertThat(read(Pin.callback(() -> given))).isEqualTo("12-ü");
        assertThat(given).containsOnly('\0');
    }

    @Test
    void env_withoutTheVariable_isRefused() {
        assertThatThrownBy(Pin.env("KEYCASK_NO_SUCH_VARIABLE")::get)
                .isInstanceOf(ProviderException.class)
                .hasMessage("the environment variable KEYCASK_NO_SUCH_VARIABLE has no PIN");
    }

    @Test
    void toString_namesTheOriginOnly() {
        assertThat(Pin.callback("1234"::toCharArray)).hasToString("Pin[callback]");
        assertThat(Pin.env("HSM_PIN")).hasToString("Pin[env:HSM_PIN]");
    }
}
