package io.keycask.kms.core.internal.access;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One operator with one key and its values: what a request has for the key is compared with every value of the policy.
 *
 * <p>A request may have several values for a key (tags). Without a qualifier a positive operator holds if one of them
 * fits one value of the policy, and a negative one if the positive one does not hold. {@code for_any_value} holds if one of
 * them passes, {@code for_all_value} if each does. A request that has no value makes a positive operator false and a
 * negative one true, with any qualifier; with {@code _if_exist} the operator is true then.
 */
final class Condition {
    private static final String IF_EXIST = "_if_exist";

    private final Operator operator;
    private final Qualifier qualifier;
    private final boolean ifExist;
    private final String key;
    private final List<Predicate<RequestValue>> tests;

    private Condition(
            Operator operator, Qualifier qualifier, boolean ifExist, String key, List<Predicate<RequestValue>> tests) {
        this.operator = operator;
        this.qualifier = qualifier;
        this.ifExist = ifExist;
        this.key = key;
        this.tests = tests;
    }

    /** Which of several values of a request have to pass. */
    enum Qualifier {
        NONE(""),
        ANY("for_any_value:"),
        ALL("for_all_value:");

        private final String prefix;

        Qualifier(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * What stands on the left of a condition.
     *
     * @param operator what is done
     * @param qualifier with which values
     * @param ifExist whether a request without a value passes
     */
    record Head(Operator operator, Qualifier qualifier, boolean ifExist) {
        static Head parse(String text) {
            Qualifier qualifier = Qualifier.NONE;
            for (Qualifier candidate : List.of(Qualifier.ANY, Qualifier.ALL)) {
                if (text.startsWith(candidate.prefix)) {
                    qualifier = candidate;
                }
            }
            String rest = text.substring(qualifier.prefix.length());
            boolean ifExist = rest.endsWith(IF_EXIST);
            String name = ifExist ? rest.substring(0, rest.length() - IF_EXIST.length()) : rest;
            Operator operator =
                    Operator.named(name).orElseThrow(() -> new IllegalArgumentException("there is no such operator"));
            if (operator == Operator.NULL_EQUAL && (ifExist || qualifier != Qualifier.NONE)) {
                throw new IllegalArgumentException("null_equal asks whether there is a value, and takes no qualifier");
            }
            return new Head(operator, qualifier, ifExist);
        }

        Condition of(String key, List<Predicate<RequestValue>> tests) {
            return new Condition(operator, qualifier, ifExist, key, List.copyOf(tests));
        }
    }

    boolean isAboutTheKey() {
        return key.equals(AccessRequest.RESOURCE_TAG);
    }

    /** Returns whether the condition holds; {@code ifUnknown} where that depends on something that is not known. */
    boolean holds(AccessRequest request, boolean ifUnknown) {
        List<RequestValue> values = values(request);
        if (values == null) {
            return ifUnknown;
        }
        if (operator == Operator.NULL_EQUAL) {
            RequestValue isMissing = RequestValue.of(String.valueOf(values.isEmpty()));
            return matches(isMissing);
        }
        if (values.isEmpty()) {
            return ifExist || operator.isNegative();
        }
        return switch (qualifier) {
            case NONE -> any(values, true) != operator.isNegative();
            case ANY -> any(values, !operator.isNegative());
            case ALL -> !any(values, operator.isNegative());
        };
    }

    /** Returns whether one of the values fits a value of the policy, or does not. */
    private boolean any(List<RequestValue> values, boolean fits) {
        for (RequestValue value : values) {
            if (matches(value) == fits) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(RequestValue value) {
        for (Predicate<RequestValue> test : tests) {
            if (test.test(value)) {
                return true;
            }
        }
        return false;
    }

    /** Returns what the request has for the key; null if that is not known. */
    private @Nullable List<RequestValue> values(AccessRequest request) {
        Map<String, List<RequestValue>> given = request.given();
        List<RequestValue> overridden = given.get(key);
        if (overridden != null) {
            return overridden;
        }
        return switch (key) {
            case AccessRequest.CURRENT_TIME -> List.of(RequestValue.of(request.time()));
            case AccessRequest.ADDRESS ->
                request.caller()
                        .sourceAddress()
                        .map(address -> List.of(RequestValue.of(address)))
                        .orElse(List.of());
            case AccessRequest.RESOURCE_TAG -> request.target().tags();
            case AccessRequest.REQUEST_TAG -> request.requestTags();
            default -> attribute(request);
        };
    }

    private List<RequestValue> attribute(AccessRequest request) {
        String value = request.caller().attributes().get(key);
        return value == null ? List.of() : List.of(RequestValue.of(value));
    }
}
