package io.keycask.kms.core.internal.access;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The language of policies once more, written down as plainly as possible, without anything that the engine uses: patterns
 * are tried out, addresses are numbers, and nothing is compiled or sorted.
 */
final class NaivePolicies {
    private NaivePolicies() {}

    record Statement(
            String effect,
            List<String> actions,
            List<String> resources,
            Map<String, Map<String, List<String>>> condition) {}

    /**
     * A request about one key.
     *
     * @param scope KEY, ALL_KEYS or ACCESS
     * @param values what the request has for the keys of conditions
     */
    record Request(String action, String scope, String creator, String keyId, Map<String, List<String>> values) {}

    static boolean isAllowed(List<Statement> statements, Request request) {
        boolean allowed = false;
        for (Statement statement : statements) {
            if (matches(statement, request)) {
                if (statement.effect().equals("deny")) {
                    return false;
                }
                allowed = true;
            }
        }
        return allowed;
    }

    private static boolean matches(Statement statement, Request request) {
        return statement.actions().stream().anyMatch(action -> isAction(action, request.action()))
                && statement.resources().stream().anyMatch(resource -> isResource(resource, request))
                && statement.condition().entrySet().stream()
                        .allMatch(operator -> operator.getValue().entrySet().stream()
                                .allMatch(key -> holds(
                                        operator.getKey(),
                                        key.getValue(),
                                        request.values().getOrDefault(key.getKey(), List.of()))));
    }

    private static boolean isAction(String pattern, String action) {
        String lowerCase = pattern.toLowerCase(Locale.ROOT);
        String name = lowerCase.startsWith("name/") ? lowerCase.substring("name/".length()) : lowerCase;
        name = name.equals("kms:listkey") ? "kms:listkeys" : name;
        return isLike(name, action.toLowerCase(Locale.ROOT));
    }

    private static boolean isResource(String pattern, Request request) {
        if (pattern.equals("*")) {
            return true;
        }
        String[] parts = pattern.split(":", -1);
        boolean here = List.of("", "*", "local").contains(parts[3])
                && List.of("", "*", "uin/*", "uin/root").contains(parts[4]);
        boolean all =
                List.of("*", "key/*", "key/creatorUin/*/*", "key/creatorUin/*").contains(parts[5]);
        return here
                && switch (request.scope()) {
                    case "ACCESS" -> false;
                    case "ALL_KEYS" -> all;
                    default ->
                        all
                                || isLike(
                                        parts[5].toLowerCase(Locale.ROOT),
                                        "key/creatoruin/" + request.creator() + "/" + request.keyId());
                };
    }

    /** Whether the text is one that the pattern describes, found out by trying everything. */
    private static boolean isLike(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return isLike(pattern.substring(1), text) || (!text.isEmpty() && isLike(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && isLike(pattern.substring(1), text.substring(1));
    }

    private static boolean holds(String written, List<String> wanted, List<String> found) {
        boolean any = written.startsWith("for_any_value:");
        boolean all = written.startsWith("for_all_value:");
        boolean ifExist = written.endsWith("_if_exist");
        String operator = written.replaceFirst("^for_(any|all)_value:", "").replaceFirst("_if_exist$", "");
        if (operator.equals("null_equal")) {
            return wanted.stream().anyMatch(value -> Boolean.parseBoolean(value) == found.isEmpty());
        }
        boolean negative = operator.contains("_not_");
        if (found.isEmpty()) {
            return ifExist || negative;
        }
        List<Boolean> results = new ArrayList<>();
        for (String value : found) {
            boolean fits = wanted.stream().anyMatch(one -> fits(operator.replace("_not_", "_"), one, value));
            results.add(fits != negative);
        }
        return (any || (!all && !negative)) ? results.contains(true) : !results.contains(false);
    }

    private static boolean fits(String operator, String wanted, String found) {
        return switch (operator) {
            case "string_equal" -> wanted.equals(found);
            case "string_equal_ignore_case" -> wanted.toLowerCase(Locale.ROOT).equals(found.toLowerCase(Locale.ROOT));
            case "string_like" -> isLike(wanted, found);
            case "bool_equal" -> wanted.equals(found);
            case "binary_equal" ->
                Arrays.equals(
                        Base64.getDecoder().decode(wanted), Base64.getDecoder().decode(found));
            case "ip_equal" -> isInRange(wanted, found);
            default ->
                operator.startsWith("numeric_")
                        ? isOrdered(
                                operator.substring("numeric_".length()),
                                Double.compare(Double.parseDouble(found), Double.parseDouble(wanted)))
                        : isOrdered(
                                operator.substring("date_".length()),
                                Instant.parse(found).compareTo(Instant.parse(wanted)));
        };
    }

    private static boolean isOrdered(String relation, int order) {
        return switch (relation) {
            case "equal" -> order == 0;
            case "less_than" -> order < 0;
            case "less_than_equal" -> order <= 0;
            case "greater_than" -> order > 0;
            case "greater_than_equal" -> order >= 0;
            default -> throw new IllegalArgumentException(relation);
        };
    }

    private static boolean isInRange(String range, String address) {
        try {
            String[] parts = range.split("/", -1);
            byte[] start = InetAddress.getByName(parts[0]).getAddress();
            byte[] found = InetAddress.getByName(address).getAddress();
            int bits = 8 * start.length;
            int rest = bits - (parts.length == 1 ? bits : Integer.parseInt(parts[1]));
            return start.length == found.length
                    && new BigInteger(1, start).shiftRight(rest).equals(new BigInteger(1, found).shiftRight(rest));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
