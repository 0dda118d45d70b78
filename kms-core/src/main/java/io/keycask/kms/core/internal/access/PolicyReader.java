package io.keycask.kms.core.internal.access;

import com.fasterxml.jackson.core.JsonToken;
import io.keycask.kms.core.internal.access.PolicyParser.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads one policy, token by token ({@code docs/formats.md} §11). */
final class PolicyReader {
    private static final String VERSION = "2.0";

    private final Tokens tokens;
    private final String region;

    PolicyReader(Tokens tokens, String region) {
        this.tokens = tokens;
        this.region = region;
    }

    List<PolicyStatement> policy() throws IOException {
        tokens.next();
        requireObject("a policy");
        boolean hasVersion = false;
        List<PolicyStatement> statements = new ArrayList<>();
        while (tokens.next() != JsonToken.END_OBJECT) {
            String name = tokens.name();
            switch (name) {
                case "version" -> {
                    hasVersion = VERSION.equals(value());
                    if (!hasVersion) {
                        throw tokens.refuse("version: expected \"" + VERSION + "\"");
                    }
                }
                case "statement" -> statements.addAll(statements());
                default -> throw unknown(name, "version and statement");
            }
        }
        if (!hasVersion || statements.isEmpty()) {
            throw tokens.refuse("expected a version and at least one statement");
        }
        if (tokens.next() != null) {
            throw tokens.refuse("expected nothing behind the policy");
        }
        return List.copyOf(statements);
    }

    private List<PolicyStatement> statements() throws IOException {
        List<PolicyStatement> statements = new ArrayList<>();
        eachElement(() -> {
            if (statements.size() == PolicyParser.MAX_STATEMENTS) {
                throw tokens.refuse("more than " + PolicyParser.MAX_STATEMENTS + " statements");
            }
            statements.add(statement());
        });
        return statements;
    }

    private PolicyStatement statement() throws IOException {
        requireObject("a statement");
        String effect = "";
        List<ActionPattern> actions = List.of();
        List<ResourcePattern> resources = List.of();
        List<Condition> conditions = List.of();
        while (tokens.next() != JsonToken.END_OBJECT) {
            String name = tokens.name();
            switch (name) {
                case "effect" -> effect = effect();
                case "action" -> actions = values(ActionPattern::parse);
                case "resource" -> resources = values(text -> ResourcePattern.parse(text, region));
                case "condition" -> conditions = conditions();
                default -> throw unknown(name, "effect, action, resource and condition");
            }
        }
        if (effect.isEmpty() || actions.isEmpty() || resources.isEmpty()) {
            throw tokens.refuse("expected effect, action and resource in every statement");
        }
        return new PolicyStatement(effect.equals("allow"), actions, resources, conditions);
    }

    private String effect() throws IOException {
        String effect = value();
        if (!effect.equals("allow") && !effect.equals("deny")) {
            throw tokens.refuse("effect: expected \"allow\" or \"deny\"");
        }
        return effect;
    }

    private List<Condition> conditions() throws IOException {
        List<Condition> conditions = new ArrayList<>();
        eachMember("an object of operators", operator -> {
            Condition.Head head = parsed(operator, Condition.Head::parse);
            eachMember("an object of keys", key -> {
                List<Predicate<RequestValue>> tests = values(head.operator()::compile);
                conditions.add(head.of(key, tests));
            });
        });
        return conditions;
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface MemberStep {
        void run(String name) throws IOException;
    }

    private void eachMember(String what, MemberStep step) throws IOException {
        tokens.next();
        requireObject(what);
        boolean empty = true;
        while (tokens.next() != JsonToken.END_OBJECT) {
            empty = false;
            step.run(tokens.name());
        }
        if (empty) { // it would be a statement without the condition that somebody wanted
            throw tokens.refuse("expected " + what + " that is not empty");
        }
    }

    /** Runs the step at every element of a list, or at the one that stands without brackets. */
    private void eachElement(Step step) throws IOException {
        tokens.next();
        if (!tokens.is(JsonToken.START_ARRAY)) {
            step.run();
            return;
        }
        boolean empty = true;
        while (tokens.next() != JsonToken.END_ARRAY) {
            empty = false;
            step.run();
        }
        if (empty) {
            throw tokens.refuse("expected a list that is not empty");
        }
    }

    private <T> List<T> values(Function<String, T> parser) throws IOException {
        List<T> values = new ArrayList<>();
        eachElement(() -> values.add(parsed(scalar(), parser)));
        return values;
    }

    private <T> T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw tokens.refuse(e.getMessage() + "; found \"" + shortened(text) + '"');
        }
    }

    private String value() throws IOException {
        tokens.next();
        return scalar();
    }

    private String scalar() throws IOException {
        if (!tokens.isScalar()) {
            throw tokens.refuse("expected a text, a number, true or false");
        }
        return tokens.text();
    }

    private void requireObject(String what) {
        if (!tokens.is(JsonToken.START_OBJECT)) {
            throw tokens.refuse("expected " + what);
        }
    }

    private RuntimeException unknown(String name, String known) {
        return tokens.refuse("expected " + known + "; found \"" + shortened(name) + '"');
    }

    private static String shortened(String text) {
        int limit = 80;
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }
}
