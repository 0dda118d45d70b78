package io.keycask.kms.core.internal.access;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Policies and requests from a small world, so that they often meet. */
final class RandomPolicies {
    static final List<String> KEY_IDS = List.of(
            "0197a3c0-0000-7000-8000-000000000001",
            "0197a3c0-0000-7000-8000-000000000002",
            "0197a3c0-0000-7000-8000-000000000003");
    static final List<String> CREATORS = List.of("user", "backup");
    static final List<Map<String, String>> TAGS =
            List.of(Map.of(), Map.of("team", "pay"), Map.of("team", "dev", "stage", "test"), Map.of("team", "Pay"));

    private static final List<String> ACTIONS = List.of(
            "kms:Encrypt",
            "name/kms:Encrypt",
            "KMS:encrypt",
            "kms:Decrypt",
            "kms:Describe*",
            "kms:En*",
            "kms:*",
            "*",
            "kms:ListKey",
            "kms:CreateKey",
            "cam:CreatePolicy",
            "cam:*",
            "name/cos:GetObject");
    private static final List<String> REGIONS = List.of("", "*", "local", "local", "elsewhere");
    private static final List<String> ACCOUNTS = List.of("", "*", "uin/root", "uin/root", "uin/*", "uin/10001");
    private static final List<String> ADDRESSES =
            List.of("10.1.2.3", "10.200.0.1", "192.168.7.9", "2001:db8::1", "2001:db8:1::1");
    private static final List<String> RANGES =
            List.of("10.0.0.0/8", "10.1.2.3", "10.128.0.0/9", "0.0.0.0/0", "2001:db8::/48", "::/0", "192.168.7.8/31");
    private static final List<String> TIMES =
            List.of("2026-11-24T08:00:00Z", "2026-11-24T08:00:01Z", "2027-01-01T00:00:00Z");
    private static final List<String> TAG_VALUES = List.of("team&pay", "team&dev", "stage&test", "team&*", "TEAM&PAY");
    private static final List<String> LEVELS = List.of("1", "2", "2.0", "-3", "10");
    private static final List<String> TOKENS = List.of("AQI=", "AQM=", "");
    private static final List<String> QUALIFIERS = List.of("", "", "for_any_value:", "for_all_value:");
    private static final List<String> RELATIONS =
            List.of("equal", "not_equal", "less_than", "less_than_equal", "greater_than", "greater_than_equal");

    private final RandomGenerator random;

    RandomPolicies(RandomGenerator random) {
        this.random = random;
    }

    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> List<T> some(List<T> values) {
        List<T> some = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            some.add(one(values));
        }
        return some;
    }

    List<NaivePolicies.Statement> policy() {
        List<NaivePolicies.Statement> statements = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            statements.add(new NaivePolicies.Statement(
                    random.nextInt(4) == 0 ? "deny" : "allow",
                    some(ACTIONS),
                    List.of(resource(), resource()).subList(0, 1 + random.nextInt(2)),
                    condition()));
        }
        return statements;
    }

    private String resource() {
        if (random.nextInt(4) == 0) {
            return "*";
        }
        String keys = switch (random.nextInt(5)) {
            case 0 -> "*";
            case 1 -> "key/*";
            case 2 -> "key/creatorUin/" + one(List.of("*", "user", "backup")) + "/*";
            case 3 -> "key/creatorUin/*/" + one(KEY_IDS).toUpperCase(java.util.Locale.ROOT);
            default -> "key/creatorUin/" + one(CREATORS) + "/" + one(KEY_IDS);
        };
        return "qcs::kms:" + one(REGIONS) + ":" + one(ACCOUNTS) + ":" + keys;
    }

    private Map<String, Map<String, List<String>>> condition() {
        Map<String, Map<String, List<String>>> condition = new LinkedHashMap<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            addOperator(condition);
        }
        return condition;
    }

    private void addOperator(Map<String, Map<String, List<String>>> condition) {
        String suffix = random.nextInt(3) == 0 ? "_if_exist" : "";
        String qualifier = one(QUALIFIERS);
        switch (random.nextInt(7)) {
            case 0 ->
                condition.put("null_equal", Map.of(one(List.of("mfa", "qcs:ip", "qcs:resource_tag")), some(bools())));
            case 1 -> condition.put(qualifier + "bool_equal" + suffix, Map.of("mfa", some(bools())));
            case 2 ->
                condition.put(
                        qualifier + one(List.of("ip_equal", "ip_not_equal")) + suffix, Map.of("qcs:ip", some(RANGES)));
            case 3 ->
                condition.put(qualifier + "date_" + one(RELATIONS) + suffix, Map.of("qcs:current_time", some(TIMES)));
            case 4 -> condition.put(qualifier + "numeric_" + one(RELATIONS) + suffix, Map.of("level", some(LEVELS)));
            case 5 -> condition.put(qualifier + "binary_equal" + suffix, Map.of("token", some(TOKENS)));
            default ->
                condition.put(
                        qualifier
                                + one(List.of(
                                        "string_equal",
                                        "string_not_equal",
                                        "string_equal_ignore_case",
                                        "string_not_equal_ignore_case",
                                        "string_like",
                                        "string_not_like"))
                                + suffix,
                        Map.of(one(List.of("qcs:resource_tag", "qcs:request_tag")), some(TAG_VALUES)));
        }
    }

    private static List<String> bools() {
        return List.of("true", "false");
    }

    static String json(List<NaivePolicies.Statement> statements) {
        String all = statements.stream()
                .map(statement -> "{\"effect\":\"" + statement.effect() + "\",\"action\":" + list(statement.actions())
                        + ",\"resource\":" + list(statement.resources())
                        + (statement.condition().isEmpty() ? "" : ",\"condition\":" + condition(statement)) + "}")
                .collect(Collectors.joining(","));
        return "{\"version\":\"2.0\",\"statement\":[" + all + "]}";
    }

    private static String condition(NaivePolicies.Statement statement) {
        return statement.condition().entrySet().stream()
                .map(operator -> "\"" + operator.getKey() + "\":{"
                        + operator.getValue().entrySet().stream()
                                .map(key -> "\"" + key.getKey() + "\":" + list(key.getValue()))
                                .collect(Collectors.joining(","))
                        + "}")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String list(List<String> values) {
        return values.size() == 1
                ? "\"" + values.get(0) + "\""
                : values.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    /** Returns a request that knows nothing about its target yet. */
    AccessRequest request() {
        Caller caller = Caller.account("alice");
        try {
            caller = random.nextBoolean() ? caller.sourceAddress(InetAddress.getByName(one(ADDRESSES))) : caller;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
        caller = random.nextBoolean() ? caller.attribute("mfa", one(bools())) : caller;
        caller = random.nextBoolean() ? caller.attribute("level", one(LEVELS)) : caller;
        caller = random.nextBoolean() ? caller.attribute("token", one(TOKENS)) : caller;
        Action action = one(List.of(
                Action.of("Encrypt", Action.Scope.KEY),
                Action.of("Encrypt", Action.Scope.KEY),
                Action.of("Decrypt", Action.Scope.KEY),
                Action.of("DescribeKey", Action.Scope.KEY),
                Action.of("ListKeys", Action.Scope.ALL_KEYS),
                Action.of("CreateKey", Action.Scope.ALL_KEYS),
                Action.of("CreatePolicy", Action.Scope.ACCESS)));
        return AccessRequest.of(
                caller, action, Target.whole(Action.Scope.ALL_KEYS), one(TAGS), Instant.parse(one(TIMES)));
    }

    /** Returns the request about this key, or about no key if it is not about one. */
    static AccessRequest about(AccessRequest request, String creator, String keyId, Map<String, String> tags) {
        return with(
                request,
                request.action().scope() == Action.Scope.KEY
                        ? new Target(Action.Scope.KEY, creator, keyId, Target.tags(tags))
                        : Target.whole(request.action().scope()));
    }

    static AccessRequest aboutAnUnknownKey(AccessRequest request, Optional<String> keyId) {
        return with(request, Target.unknownKey(keyId.map(UUID::fromString).map(KeyId::new)));
    }

    private static AccessRequest with(AccessRequest request, Target target) {
        return new AccessRequest(
                request.caller(), request.action(), target, request.requestTags(), request.time(), Map.of());
    }

    /** Returns the request as the naive evaluator reads it. */
    static NaivePolicies.Request naive(AccessRequest request) {
        Map<String, List<String>> values = new TreeMap<>();
        request.caller().attributes().forEach((name, value) -> values.put(name, List.of(value)));
        request.caller().sourceAddress().ifPresent(address -> values.put("qcs:ip", List.of(address.getHostAddress())));
        values.put("qcs:current_time", List.of(request.time().toString()));
        values.put("qcs:request_tag", texts(request.requestTags()));
        Target target = request.target();
        values.put("qcs:resource_tag", target.tags() == null ? List.of() : texts(target.tags()));
        return new NaivePolicies.Request(
                request.action().name(),
                target.scope().name(),
                String.valueOf(target.creator()),
                String.valueOf(target.keyId()),
                values);
    }

    private static List<String> texts(List<RequestValue> values) {
        return values.stream().map(RequestValue::text).toList();
    }
}
