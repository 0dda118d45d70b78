package io.keycask.kms.core.internal.access;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operators of conditions. A negative one is true where the positive one of the same kind is false.
 *
 * <p>What cannot be read as the type of the operator equals nothing: in a policy it is refused, in a request it makes a
 * positive operator false and a negative one true.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum Operator {
    STRING_EQUAL(false, value -> found -> found.text().equals(value)),
    STRING_NOT_EQUAL(true, STRING_EQUAL.compiler),
    STRING_EQUAL_IGNORE_CASE(false, value -> found -> found.text().equalsIgnoreCase(value)),
    STRING_NOT_EQUAL_IGNORE_CASE(true, STRING_EQUAL_IGNORE_CASE.compiler),
    STRING_LIKE(false, value -> found -> Wildcards.match(value, found.text())),
    STRING_NOT_LIKE(true, STRING_LIKE.compiler),

    NUMERIC_EQUAL(false, value -> number(value, order -> order == 0)),
    NUMERIC_NOT_EQUAL(true, NUMERIC_EQUAL.compiler),
    NUMERIC_LESS_THAN(false, value -> number(value, order -> order < 0)),
    NUMERIC_LESS_THAN_EQUAL(false, value -> number(value, order -> order <= 0)),
    NUMERIC_GREATER_THAN(false, value -> number(value, order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUAL(false, value -> number(value, order -> order >= 0)),

    DATE_EQUAL(false, value -> date(value, order -> order == 0)),
    DATE_NOT_EQUAL(true, DATE_EQUAL.compiler),
    DATE_LESS_THAN(false, value -> date(value, order -> order < 0)),
    DATE_LESS_THAN_EQUAL(false, value -> date(value, order -> order <= 0)),
    DATE_GREATER_THAN(false, value -> date(value, order -> order > 0)),
    DATE_GREATER_THAN_EQUAL(false, value -> date(value, order -> order >= 0)),

    BOOL_EQUAL(false, Operator::bool),
    BINARY_EQUAL(false, Operator::binary),
    IP_EQUAL(false, Operator::address),
    IP_NOT_EQUAL(true, IP_EQUAL.compiler),

    /** Whether the request has no value at all: {@code true} or {@code false}. */
    NULL_EQUAL(false, Operator::bool);

    private static final Map<String, Operator> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toMap(operator -> operator.name().toLowerCase(Locale.ROOT), operator -> operator));

    private final boolean negative;
    private final Function<String, Predicate<RequestValue>> compiler;

    Operator(boolean negative, Function<String, Predicate<RequestValue>> compiler) {
        this.negative = negative;
        this.compiler = compiler;
    }

    static Optional<Operator> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    boolean isNegative() {
        return negative;
    }

    /**
     * Returns the test that the positive operator does against this value of a policy.
     *
     * @throws IllegalArgumentException if the value is not of the operator's type
     */
    Predicate<RequestValue> compile(String value) {
        return compiler.apply(value);
    }

    private static Predicate<RequestValue> number(String value, IntPredicate wanted) {
        BigDecimal limit = RequestValue.number(value);
        if (limit == null) {
            throw new IllegalArgumentException("expected a number without an exponent");
        }
        return found -> compare(found.number(), limit, wanted);
    }

    private static Predicate<RequestValue> date(String value, IntPredicate wanted) {
        Instant limit = RequestValue.time(value);
        if (limit == null) {
            throw new IllegalArgumentException("expected a date like 2026-11-24T08:00:00Z");
        }
        return found -> compare(found.time(), limit, wanted);
    }

    private static <T extends Comparable<T>> boolean compare(@Nullable T found, T limit, IntPredicate wanted) {
        return found != null && wanted.test(found.compareTo(limit));
    }

    private static Predicate<RequestValue> bool(String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("expected true or false");
        }
        return found -> found.text().equalsIgnoreCase(value);
    }

    private static Predicate<RequestValue> binary(String value) {
        byte[] expected = base64(value);
        if (expected == null) {
            throw new IllegalArgumentException("expected base64");
        }
        return found -> {
            byte[] bytes = base64(found.text());
            return bytes != null && MessageDigest.isEqual(bytes, expected);
        };
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Predicate<RequestValue> address(String value) {
        AddressRange range = AddressRange.parse(value);
        return found -> {
            byte[] address = found.address();
            return address != null && range.contains(address);
        };
    }
}
