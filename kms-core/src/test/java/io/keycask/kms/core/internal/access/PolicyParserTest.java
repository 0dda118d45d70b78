package io.keycask.kms.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyParserTest {
    private static final String STATEMENT = "{\"effect\":\"allow\",\"action\":\"kms:Encrypt\",\"resource\":\"*\"}";

    private final PolicyParser parser = new PolicyParser("local");

    @Test
    void policy_ofTheDocumentedForm_isRead() {
        List<PolicyStatement> statements = parser.parse("""
                {
                  "statement": [
                    {
                      "condition": {
                        "ip_equal": {"qcs:ip": ["10.0.0.0/8", "2001:db8::/32"]},
                        "bool_equal": {"mfa": true},
                        "numeric_less_than": {"level": 3}
                      },
                      "resource": ["qcs::kms:local:uin/root:key/creatorUin/user/*", "qcs::kms:::key/*"],
                      "action": ["name/kms:Encrypt", "kms:Describe*", "*"],
                      "effect": "deny"
                    }
                  ],
                  "version": "2.0"
                }
                """);

        assertThat(statements).hasSize(1);
        assertThat(statements.get(0).isAllow()).isFalse();
        assertThat(statements.get(0).actions())
                .extracting(ActionPattern::text)
                .containsExactly("name/kms:Encrypt", "kms:Describe*", "*");
        assertThat(statements.get(0).resources()).hasSize(2);
        assertThat(statements.get(0).conditions()).hasSize(3);
    }

    @Test
    void statement_withoutBrackets_isRead() {
        assertThat(parser.parse(policy(STATEMENT))).hasSize(1);
        assertThat(parser.parse("{\"version\":\"2.0\",\"statement\":" + STATEMENT + "}"))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"version":"2.0","statement":[]}                         | line 1, column 31 | a list that is not empty
            {"version":"2.0"}                                        | line 1, column 17 | at least one statement
            {"version":"1.0","statement":[#]}                        | line 1, column 12 | version
            {"version":"2.0","version":"2.0","statement":[#]}        | line 1, column    | Duplicate
            {"version":"2.0","statement":[#],"Statement":[#]}        | line 1, column    | found "Statement"
            {"version":"2.0","statement":[#]} {}                     | line 1, column    | nothing behind
            {"version":"2.0","statement":[#]                         | line 1, column    | not JSON
            {'version':"2.0","statement":[#]}                        | line 1, column    | not JSON
            {"version":"2.0","statement":[#,],}                      | line 1, column    | not JSON
            []                                                       | line 1, column 1  | a policy
            {"version":"2.0","statement":[[#]]}                      | line 1, column 31 | a statement
            {"version":"2.0","statement":{"effect":"allow"}}         | line 1, column    | effect, action and resource
            """)
    void text_thatIsNoPolicy_isRefusedWithPlaceAndReason(String text, String place, String reason) {
        refused(text.replace("#", STATEMENT), place, reason);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            effect    | "Allow"                                                     | "allow" or "deny"
            effect    | null                                                        | expected a text
            action    | []                                                          | not empty
            action    | ["kms:Encrypt", {}]                                         | expected a text
            action    | "Encrypt"                                                   | an action like
            action    | "kms:*Key"                                                  | an action like
            action    | "permid/280649"                                             | an action like
            action    | "kms:Enc rypt"                                              | an action like
            resource  | "qcs::kms:local:uin/root"                                   | six segments
            resource  | "qcs:1:kms:local:uin/root:key/*"                            | six segments
            resource  | "qcs::cos:local:uin/root:key/*"                             | service kms
            resource  | "qcs::kms:lo*:uin/root:key/*"                               | a region
            resource  | "qcs::kms:local:root:key/*"                                 | uin/
            resource  | "qcs::kms:local:uin/root:key/creatorUin/user/0197*"         | a key id
            resource  | "qcs::kms:local:uin/root:alias/orders"                      | last segment
            condition | {}                                                          | not empty
            condition | {"string_equal":{}}                                         | not empty
            condition | {"string_equal":{"mfa":[]}}                                 | not empty
            condition | {"string_equals":{"mfa":"x"}}                               | no such operator
            condition | {"for_each:string_equal":{"mfa":"x"}}                       | no such operator
            condition | {"null_equal_if_exist":{"mfa":"true"}}                      | no qualifier
            condition | {"bool_equal":{"mfa":"yes"}}                                | true or false
            condition | {"numeric_equal":{"n":"1e3"}}                               | a number
            condition | {"date_equal":{"qcs:current_time":"tomorrow"}}              | a date
            condition | {"binary_equal":{"t":"%"}}                                  | base64
            condition | {"ip_equal":{"qcs:ip":"10.0.0.0/33"}}                       | length of the range
            condition | {"ip_equal":{"qcs:ip":"10.0.0.256"}}                        | an address
            condition | {"ip_equal":{"qcs:ip":"localhost"}}                         | an address
            condition | {"ip_equal":{"qcs:ip":"fe80::1%eth0"}}                      | an address
            condition | {"string_equal":"x"}                                        | an object of keys
            principal | {"qcs":"qcs::cam::uin/1:uin/2"}                             | found "principal"
            """)
    void member_withAnotherValue_isRefusedWithPlaceAndReason(String member, String value, String reason) {
        String text = "{\"version\":\"2.0\",\n\"statement\":[{\n \"" + member + "\": " + value
                + (member.equals("effect") ? "" : ",\"effect\":\"allow\"")
                + (member.equals("action") ? "" : ",\"action\":\"*\"")
                + (member.equals("resource") ? "" : ",\"resource\":\"*\"") + "}]}";

        refused(text, "line 3, column ", reason);
    }

    @Test
    void limits_areWhatTheySay() {
        String full = IntStream.range(0, PolicyParser.MAX_STATEMENTS)
                .mapToObj(i -> "{\"effect\":\"allow\",\"action\":\"*\",\"resource\":\"*\"}")
                .collect(Collectors.joining(","));
        String base = policy(STATEMENT);
        String longest = base + " ".repeat(PolicyParser.MAX_BYTES - base.length());

        assertThat(parser.parse(policy(full))).hasSize(PolicyParser.MAX_STATEMENTS);
        assertThat(parser.parse(longest)).hasSize(1);
        refused(policy(full + "," + full.substring(0, full.indexOf('}') + 1)), "line 1", "more than 100 statements");
        refused(longest + " ", "policy: ", "6145 bytes; limit is 6144");
        refused("[".repeat(3_000), "line 1", "a policy");
        refused(policy(STATEMENT.replace("\"*\"", "[".repeat(2_000))), "line 1", "expected a text");
    }

    private static String policy(String statements) {
        return "{\"version\":\"2.0\",\"statement\":[" + statements + "]}";
    }

    private void refused(String text, String place, String reason) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> parser.parse(text))
                .withMessageContaining(place)
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }
}
