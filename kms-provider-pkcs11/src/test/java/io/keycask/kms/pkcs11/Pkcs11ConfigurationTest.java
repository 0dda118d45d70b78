package io.keycask.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keycask.kms.pkcs11.Pkcs11Configuration.OaepHash;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Pkcs11ConfigurationTest {
    private static Pkcs11Configuration parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Pkcs11Configuration.parse(properties);
    }

    @Test
    void parse_everyProperty_isTaken() {
        Pkcs11Configuration parsed = parse("""
                library = /opt/hsm/lib.so
                token.label = keys
                token.serial = 0123
                token.slotId = 0x10
                pin = env:HSM_PIN
                initArgs = configdir=x
                maxSessions = 3
                sessionWaitMillis = 250
                callTimeoutMillis = 10000
                oaepHashes = SHA_1, SHA_256
                """);

        assertThat(parsed.library()).isEqualTo(Path.of("/opt/hsm/lib.so"));
        assertThat(parsed.tokenLabel()).contains("keys");
        assertThat(parsed.tokenSerial()).contains("0123");
        assertThat(parsed.slotId()).hasValue(16);
        assertThat(parsed.pin()).map(Pin::toString).contains("Pin[env:HSM_PIN]");
        assertThat(parsed.initArguments()).contains("configdir=x");
        assertThat(parsed.maxSessions()).isEqualTo(3);
        assertThat(parsed.sessionWait()).isEqualTo(Duration.ofMillis(250));
        assertThat(parsed.callTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(parsed.oaepHashes()).containsExactlyInAnyOrder(OaepHash.values());
    }

    @Test
    void parse_libraryOnly_hasTheDefaults() {
        Pkcs11Configuration parsed = parse("library = /opt/hsm/lib.so");

        assertThat(parsed.tokenLabel()).isEmpty();
        assertThat(parsed.pin()).isEmpty();
        assertThat(parsed.maxSessions()).isEqualTo(16);
        assertThat(parsed.sessionWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(parsed.callTimeout()).isZero();
        assertThat(parsed.oaepHashes()).containsExactlyInAnyOrder(OaepHash.values());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        token.labl = x,               unknown properties [token.labl]; expected some of
        library = lib.so,             'library: expected an absolute path, found lib.so'
        token.slotId = first,         property token.slotId: expected a number
        pin = 1234,                   'property pin: expected env:NAME or file:PATH, never the PIN itself'
        maxSessions = 0,              maxSessions is 0; expected 1 to 1024
        maxSessions = 1025,           maxSessions is 1025; expected 1 to 1024
        maxSessions = 4294967297,     maxSessions is 4294967297; expected 1 to 1024
        maxSessions = many,           property maxSessions: expected a number
        sessionWaitMillis = -1,       sessionWait is PT-0.001S; expected 0 to PT10M
        callTimeoutMillis = 600001,   callTimeout is PT10M0.001S; expected 0 to PT10M
        oaepHashes = MD5,             'property oaepHashes: expected some of [SHA_1, SHA_256]'
        """)
    void parse_somethingElse_isRefused(String line, String message) {
        String library = line.startsWith("library") ? "" : "library = /opt/hsm/lib.so\n";

        assertThatThrownBy(() -> parse(library + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void parse_withoutLibrary_isRefused() {
        assertThatThrownBy(() -> parse("token.label = keys"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the property library is missing");
    }

    @Test
    void setting_returnsACopy() {
        Pkcs11Configuration first = parse("library = /opt/hsm/lib.so");

        assertThat(first.tokenLabel("keys").maxSessions(2).tokenLabel()).contains("keys");
        assertThat(first.tokenLabel()).isEmpty();
        assertThat(first.maxSessions()).isEqualTo(16);
    }
}
