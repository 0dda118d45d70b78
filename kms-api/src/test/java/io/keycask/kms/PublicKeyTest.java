package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicKeyTest {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    /** RFC 8410 §10.1 prints this key. */
    private static final String PEM =
            BEGIN + "\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n" + END + "\n";

    @Test
    void toPem_isWhatTheStandardPrints() {
        byte[] der = Base64.getDecoder().decode("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");

        assertThat(PublicKey.copyOf(der).toPem()).isEqualTo(PEM);
        assertThat(PublicKey.parsePem(PEM).toBytes()).isEqualTo(der);
        assertThat(PublicKey.copyOf(der)).isEqualTo(PublicKey.parsePem(PEM)).hasToString("PublicKey[44 bytes]");
    }

    @Test
    void toPem_ofALongKey_hasLinesOf64() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1_024);
        PublicKey key = PublicKey.copyOf(generator.generateKeyPair().getPublic().getEncoded());

        assertThat(key.toPem().lines()).hasSize(6).allMatch(line -> line.length() <= 64);
        assertThat(PublicKey.parsePem(key.toPem())).isEqualTo(key);
        assertThat(PublicKey.parsePem(key.toPem().replace("\n", "\r\n") + "  ")).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MCow",
                BEGIN,
                BEGIN + "\n",
                END,
                "-----BEGIN RSA PUBLIC KEY-----\nMCow\n-----END RSA PUBLIC KEY-----",
                BEGIN + "\nMCow*\n" + END,
                BEGIN + "\nMCo\n" + END + "\nmore",
                "more\n" + BEGIN + "\nMCow\n" + END,
                BEGIN + "\nMCow\n" + END + "\n" + BEGIN + "\nMCow\n" + END,
            })
    void parsePem_anotherText_isRefused(String text) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> PublicKey.parsePem(text));
    }

    @Test
    void parse_tooLong_isRefused() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> PublicKey.copyOf(new byte[PublicKey.MAX_BYTES + 1]));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> PublicKey.parsePem(BEGIN + "A".repeat(5_000) + END));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> PublicKey.parsePem(BEGIN + "AAAA".repeat(400) + END));
    }
}
