package io.keycask.kms.core.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.DecryptionException;
import io.keycask.kms.RecordCipher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What formats 1 and 2 look like, for ever: written by independent programs (Python with pyca/cryptography). */
final class FrozenRecordsTest {
    private static final Pattern OBJECT = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\": \"([^\"]*)\"");

    static Stream<Map<String, String>> records() throws IOException {
        return Stream.concat(records("record-1.json"), records("record-2.json"));
    }

    private static Stream<Map<String, String>> records(String file) throws IOException {
        try (InputStream in = FrozenRecordsTest.class.getResourceAsStream("/vectors/" + file)) {
            assertThat(in).isNotNull();
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return OBJECT.matcher(json).results().map(object -> members(object.group(1)));
        }
    }

    private static Map<String, String> members(String object) {
        Map<String, String> members = new HashMap<>();
        for (MatchResult member : MEMBER.matcher(object).results().toList()) {
            members.put(member.group(1), member.group(2));
        }
        return members;
    }

    @Test
    void files_areComplete() throws IOException {
        assertThat(records("record-1.json")).hasSize(11);
        assertThat(records("record-2.json")).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("records")
    void record_opensAsItAlwaysDid(Map<String, String> vector) {
        byte[] record = hex(vector, "record");
        byte[] associatedData = hex(vector, "associatedData");
        try (RecordCipher cipher = Fixture.standard(hex(vector, "dataKey"))) {
            if ("valid".equals(vector.get("result"))) {
                assertThat(cipher.decrypt(record, associatedData)).isEqualTo(hex(vector, "value"));
            } else {
                assertThatExceptionOfType(DecryptionException.class)
                        .isThrownBy(() -> cipher.decrypt(record, associatedData));
            }
        }
    }

    private static byte[] hex(Map<String, String> vector, String member) {
        return HexFormat.of().parseHex(vector.getOrDefault(member, "missing"));
    }
}
