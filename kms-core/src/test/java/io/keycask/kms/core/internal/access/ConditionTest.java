package io.keycask.kms.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operator and qualifier, one row after the other. */
final class ConditionTest {
    private static final String TABLE = """
            string_equal                     | pay        | pay          | true
            string_equal                     | pay        | Pay          | false
            string_equal                     | pay,dev    | dev          | true
            string_equal                     | pay        | dev,pay      | true
            string_equal                     | pay        |              | false
            string_equal_if_exist            | pay        |              | true
            string_equal_if_exist            | pay        | dev          | false
            string_not_equal                 | pay        | dev          | true
            string_not_equal                 | pay,dev    | dev          | false
            string_not_equal                 | pay        | dev,pay      | false
            string_not_equal                 | pay        |              | true
            string_not_equal_if_exist        | pay        |              | true
            string_equal_ignore_case         | pay        | PAY          | true
            string_not_equal_ignore_case     | pay        | PAY          | false
            string_like                      | te?m&*     | team&        | true
            string_like                      | te?m&*     | team&pay     | true
            string_like                      | te?m&*     | tem&pay      | false
            string_like                      | *a*a*b     | aaaaaaaaaaab | true
            string_like                      | *a*a*b     | aaaaaaaaaaac | false
            string_not_like                  | p*         | pay          | false
            numeric_equal                    | 2          | 2.0          | true
            numeric_equal                    | 2          | two          | false
            numeric_not_equal                | 2          | two          | true
            numeric_not_equal                | 2          | 2.00         | false
            numeric_less_than                | 2          | -10          | true
            numeric_less_than                | 2          | 2            | false
            numeric_less_than_equal          | 2          | 2            | true
            numeric_greater_than             | 2          | 10           | true
            numeric_greater_than_equal       | 2          | 1.99         | false
            numeric_greater_than             | 2          | 1e9          | false
            date_equal                       | 2026-11-24T08:00:00Z      | 2026-11-24T09:00:00+01:00 | true
            date_not_equal                   | 2026-11-24T08:00:00Z      | 2026-11-24T08:00:00Z      | false
            date_less_than                   | 2026-11-24T08:00:00Z      | 2026-11-24T07:59:59.999Z  | true
            date_less_than_equal             | 2026-11-24T08:00:00Z      | 2026-11-24T08:00:00Z      | true
            date_greater_than                | 2026-11-24T08:00:00Z      | 2026-11-24T08:00:00Z      | false
            date_greater_than_equal          | 2026-11-24T08:00:00Z      | yesterday                 | false
            bool_equal                       | true       | TRUE         | true
            bool_equal                       | true       | false        | false
            bool_equal                       | true       |              | false
            binary_equal                     | AQI=       | AQI=         | true
            binary_equal                     | AQI=       | AQM=         | false
            binary_equal                     | AQI=       | %            | false
            ip_equal                         | 10.0.0.0/8           | 10.255.0.1     | true
            ip_equal                         | 10.0.0.0/8           | 11.0.0.1       | false
            ip_equal                         | 10.1.2.3             | 10.1.2.3       | true
            ip_equal                         | 10.1.2.0/31          | 10.1.2.2       | false
            ip_equal                         | 0.0.0.0/0            | 2001:db8::1    | false
            ip_equal                         | 2001:db8::/33        | 2001:db8:7fff::1 | true
            ip_equal                         | 2001:db8::/33        | 2001:db8:8000::1 | false
            ip_equal                         | ::ffff:10.0.0.0/104  | 10.9.9.9       | true
            ip_equal                         | 10.0.0.0/8           | ::ffff:10.9.9.9 | true
            ip_not_equal                     | 10.0.0.0/8           | 10.9.9.9       | false
            ip_not_equal                     | 10.0.0.0/8           | localhost      | true
            ip_not_equal                     | 10.0.0.0/8           |                | true
            null_equal                       | true       |              | true
            null_equal                       | true       | x            | false
            null_equal                       | false      | x            | true
            for_any_value:string_equal       | pay        | dev,pay      | true
            for_any_value:string_equal       | pay        |              | false
            for_any_value:string_not_equal   | pay        | dev,pay      | true
            for_any_value:string_not_equal   | pay        | pay          | false
            for_all_value:string_equal       | pay,dev    | dev,pay      | true
            for_all_value:string_equal       | pay        | dev,pay      | false
            for_all_value:string_equal       | pay        |              | false
            for_all_value:string_equal_if_exist | pay     |              | true
            for_all_value:string_not_equal   | pay        | dev,test     | true
            for_all_value:string_not_equal   | pay        | dev,pay      | false
            """;

    @ParameterizedTest(name = "{0} {1}: {2} is {3}")
    @CsvSource(delimiter = '|', textBlock = TABLE, nullValues = "-", emptyValue = "")
    void operator_holdsAsTheTableSays(String operator, String wanted, String found, boolean expected) {
        assertThat(holds(operator, wanted, found == null ? "" : found)).isEqualTo(expected);
    }

    @Test
    void table_hasEveryOperator() {
        Set<String> named = new HashSet<>();
        TABLE.lines().map(line -> line.split("\\|", -1)[0].strip()).forEach(named::add);

        assertThat(Arrays.stream(Operator.values())
                        .map(operator -> operator.name().toLowerCase(Locale.ROOT)))
                .allMatch(named::contains);
    }

    @Test
    void attributeOfTheCaller_withAReservedName_isNotBelieved() {
        Caller caller = Caller.account("alice")
                .attribute("qcs:ip", "10.0.0.1")
                .attribute("qcs:resource_tag", "team&pay")
                .attribute("mfa", "true");

        assertThat(condition("ip_equal", "qcs:ip", "10.0.0.0/8").holds(request(caller), false))
                .isFalse();
        assertThat(condition("string_equal", "qcs:resource_tag", "team&pay").holds(request(caller), false))
                .isFalse();
        assertThat(condition("bool_equal", "mfa", "true").holds(request(caller), false))
                .isTrue();
        assertThat(condition("bool_equal", "MFA", "true").holds(request(caller), false))
                .isFalse();
    }

    @Test
    void tag_whoseNameCouldBeTakenForAnother_isNotSeen() {
        assertThat(Target.tags(Map.of("team&pay", "x", "team", "pay&x")))
                .extracting(RequestValue::text)
                .containsExactly("team&pay&x");
    }

    private static boolean holds(String operator, String wanted, String found) {
        AccessRequest request = request(Caller.account("alice"))
                .with(Map.of(
                        "asked",
                        Stream.of(found.split(",", -1))
                                .filter(value -> !value.isEmpty())
                                .toList()));
        return condition(operator, "asked", wanted.split(",", -1)).holds(request, false);
    }

    private static Condition condition(String operator, String key, String... values) {
        Condition.Head head = Condition.Head.parse(operator);
        return head.of(key, Stream.of(values).map(head.operator()::compile).toList());
    }

    private static AccessRequest request(Caller caller) {
        return AccessRequest.of(
                caller,
                Action.of("Encrypt", Action.Scope.KEY),
                new Target(Action.Scope.KEY, "user", RandomPolicies.KEY_IDS.get(0), List.of()),
                Map.of(),
                Instant.EPOCH);
    }
}
