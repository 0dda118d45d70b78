package io.keycask.kms.core.internal.account;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.AccessDecision;
import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyUser;
import io.keycask.kms.Permission;
import io.keycask.kms.Principal;
import io.keycask.kms.core.internal.access.Access;
import io.keycask.kms.core.internal.access.AccessRequest;
import io.keycask.kms.core.internal.access.Action;
import io.keycask.kms.core.internal.access.Target;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers what may be done, by whom and why. Thread-safe. */
final class AccessQuestions {
    private static final Pattern ACTION = Pattern.compile("(name/)?[A-Za-z0-9_-]{1,32}:[A-Za-z0-9_]{1,64}");
    private static final String ACTION_NOTE = "action";
    private static final String ACCOUNT_NOTE = "account";

    private final CallPath path;
    private final Store store;
    private final Keys keys;
    private final Access access;
    private final Clock clock;
    private final String region;

    AccessQuestions(CallPath path, Store store, Keys keys, Access access, Clock clock, String region) {
        this.path = path;
        this.store = store;
        this.keys = keys;
        this.access = access;
        this.clock = clock;
        this.region = region;
    }

    AccessDecision simulate(
            Caller caller, Caller asking, String action, String resource, Map<String, List<String>> attributes) {
        requireNonNull(attributes, "attributes");
        return path.call(Operation.SIMULATE_POLICY, caller, details -> {
            Action asked = action(action);
            Target target = target(asked, resource);
            details.note(ACCOUNT_NOTE, asking.name()).note(ACTION_NOTE, asked.name());
            return access.grants(asking).decide(request(asking, asked, target).with(attributes));
        });
    }

    AccessDecision simulate(Caller caller, Caller asking, String action, KeyId key) {
        return path.call(Operation.SIMULATE_POLICY, caller, details -> {
            Action asked = action(action);
            details.key(key).note(ACCOUNT_NOTE, asking.name()).note(ACTION_NOTE, asked.name());
            return access.grants(asking).decide(request(asking, asked, target(asked, key)));
        });
    }

    List<Permission> permissionsOf(Caller caller, Caller asking) {
        return path.call(Operation.LIST_PERMISSIONS, caller, details -> {
            details.note(ACCOUNT_NOTE, asking.name());
            return access.grants(asking).permissions();
        });
    }

    List<KeyUser> usersOf(Caller caller, KeyId key, String action) {
        return path.call(Operation.LIST_KEY_USERS, caller, details -> {
            Action asked = action(action);
            details.key(key).note(ACTION_NOTE, asked.name());
            Target target = target(asked, key);
            return store.readAccess(records -> records.principals(Principal.Kind.ACCOUNT)).stream()
                    .map(Caller::account)
                    .map(account -> access.grants(account).user(request(account, asked, target)))
                    .flatMap(Optional::stream)
                    .toList();
        });
    }

    private AccessRequest request(Caller asking, Action action, Target target) {
        return AccessRequest.of(asking, action, target, Map.of(), clock.instant());
    }

    private Target target(Action action, KeyId key) {
        Target target = Target.key(keys.get(key).record());
        return action.scope() == Action.Scope.KEY ? target : Target.whole(action.scope());
    }

    private Target target(Action action, String resource) {
        if (action.scope() != Action.Scope.KEY) {
            return Target.whole(action.scope());
        }
        try {
            return resource.equals("*") ? Target.unknownKey(Optional.empty()) : Target.parse(resource, region);
        } catch (IllegalArgumentException e) {
            throw invalid("resource: " + e.getMessage());
        }
    }

    /** Returns the action of this name; one that is no operation of this release counts as one on a key. */
    private static Action action(String text) {
        if (!ACTION.matcher(text).matches()) {
            throw invalid("action: expected a name like kms:Encrypt");
        }
        return Operation.actionNamed(text.startsWith("name/") ? text.substring("name/".length()) : text);
    }

    private static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
}
