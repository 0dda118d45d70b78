package io.keycask.kms.pkcs11.binding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        C_Encrypt,         0xB3,       SESSION
        C_Encrypt,         0xB0,       SESSION
        C_EncryptInit,     0x90,       SESSION
        C_Encrypt,         0x91,       SESSION
        C_EncryptInit,     0x60,       HANDLE
        C_DestroyObject,   0x82,       HANDLE
        C_EncryptInit,     0x101,      LOGIN
        C_Login,           0xA0,       PIN
        C_Login,           0xA1,       PIN
        C_Login,           0xA2,       PIN
        C_Login,           0xA3,       PIN
        C_Login,           0xA4,       PIN
        C_Login,           0x102,      PIN
        C_OpenSession,     0xB1,       CAPACITY
        C_GenerateKey,     0x31,       CAPACITY
        C_GenerateKey,     0x2,        CAPACITY
        C_Decrypt,         0x30,       DEVICE
        C_Decrypt,         0x32,       DEVICE
        C_OpenSession,     0xE0,       DEVICE
        C_OpenSession,     0xE1,       DEVICE
        C_Encrypt,         0x190,      DEVICE
        C_Decrypt,         0x20,       CIPHERTEXT
        C_Decrypt,         0x21,       CIPHERTEXT
        C_Decrypt,         0x40,       CIPHERTEXT
        C_Decrypt,         0x41,       CIPHERTEXT
        C_Decrypt,         0x7,        CIPHERTEXT
        C_UnwrapKey,       0x110,      CIPHERTEXT
        C_UnwrapKey,       0x112,      CIPHERTEXT
        C_Decrypt,         0x5,        UNCLEAR
        C_Decrypt,         0x6,        UNCLEAR
        C_Encrypt,         0x80000001, UNCLEAR
        C_Encrypt,         0x40,       REFUSED
        C_Encrypt,         0x7,        REFUSED
        C_DecryptInit,     0x70,       REFUSED
        C_GenerateKey,     0xD1,       REFUSED
        C_Encrypt,         0x68,       REFUSED
        """)
    void of_functionAndCode_isWhatItMeans(String function, String code, Fault fault) {
        assertThat(Fault.of(function, Long.decode(code))).isEqualTo(fault);
        assertThat(new CkException(function, Long.decode(code)).fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        0xA0,       CKR_PIN_INCORRECT (0xA0)
        0x5,        CKR_GENERAL_ERROR (0x5)
        0x80000001, vendor code 0x80000001
        0x999,      code 0x999
        """)
    void message_namesFunctionAndCode(String code, String name) {
        assertThat(new CkException("C_Sign", Long.decode(code))).hasMessage("C_Sign returned " + name);
    }
}
