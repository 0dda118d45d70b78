package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.SecretBytes;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** MACs that an independent program computed from the specification, docs/formats.md §7.3. */
final class MacInputTest {
    private static final UUID STORE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final String KEY = "01020304-0506-0708-090a-0b0c0d0e0f10";
    private static final long DATE = 1_793_534_400_000L;

    private final RowMacs macs = new RowMacs(
            STORE,
            SecretBytes.copyOf(
                    HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")));

    private final Row ready =
            signed(Row.of(Table.KEY_VERSION, KEY, "00000000000000ff", 0L, DATE, 1L, new byte[] {1, 2, 3}));
    private final Row creating =
            signed(Row.of(Table.KEY_VERSION, KEY, "0000000000000001", 1L, DATE + 1, 0L, new byte[0]));

    private Row signed(Row row) {
        return row.withMac(macs.of(row));
    }

    @Test
    void mac_ofVersionRows_isThatOfTheSpecification() {
        assertThat(hex(ready.mac())).isEqualTo("8f2e24f9765e11620bb3412c9e00100e4f5437ad84edbc20f17af46462ae734a");
        assertThat(hex(creating.mac())).isEqualTo("f87b4fb240a21c4c410c8fcb31a2452d1a46ac5f946912644db585bf4756b34f");
    }

    @Test
    void mac_ofAKeyRowWithItsSets_isThatOfTheSpecification() {
        Row key = Row.of(
                Table.KEY,
                KEY,
                4L,
                "orders",
                "Gr\u00f6\u00dfe",
                "AES_256",
                "ENCRYPT_DECRYPT",
                "KMS",
                "soft",
                "user",
                "Enabled",
                "L",
                DATE,
                "00000000000000ff",
                365L,
                null,
                1_825_070_400_000L,
                null,
                null,
                1L,
                DATE + 2);
        KeyRows keys = new KeyRows(macs, new SqliteDialect(SqliteStore.driver(), Path.of("unused")));

        byte[] mac = keys.mac(key, List.of(ready, creating), Map.of("team", "pay", "\u00e9", "x", "Z", ""), List.of());

        assertThat(hex(mac)).isEqualTo("c99877e99191418a6c2b8b9f4e89af089f332c97df247828201f438ea2db74a1");
        assertThat(keys.mac(key, List.of(creating, ready), Map.of("Z", "", "\u00e9", "x", "team", "pay"), List.of()))
                .as("sets have no order")
                .isEqualTo(mac);
    }

    @Test
    void input_ofValuesThatRunTogether_differs() {
        assertThat(bytes(input().text("ab").text("c")))
                .isNotEqualTo(bytes(input().text("a").text("bc")));
        assertThat(bytes(input().text("ab"))).isNotEqualTo(bytes(input().bytes(new byte[] {'a', 'b'})));
        assertThat(bytes(input().row(Row.of(Table.STORE, null, "", 0L, "", new byte[0]))))
                .isNotEqualTo(bytes(input().row(Row.of(Table.STORE, "", null, 0L, "", new byte[0]))));
    }

    @Test
    void input_thatIsLong_isKeptWhole() {
        byte[] large = new byte[5_000];
        large[4_999] = 1;

        byte[] bytes = bytes(input().text("x").bytes(large).number(1));

        assertThat(bytes[bytes.length - 10]).isEqualTo((byte) 1);
        assertThat(bytes[bytes.length - 1]).isEqualTo((byte) 1);
        assertThat(bytes).hasSize(bytes(input()).length + 6 + 5 + 5_000 + 9);
    }

    private MacInput input() {
        return new MacInput(STORE, "t");
    }

    private static byte[] bytes(MacInput input) {
        var buffer = input.toBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
