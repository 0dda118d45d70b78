package io.keycask.kms.core.internal.account;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.AccessControl;
import io.keycask.kms.AccessDecision;
import io.keycask.kms.Caller;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyUser;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.Permission;
import io.keycask.kms.Principal;
import io.keycask.kms.core.internal.access.Presets;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.AccessRecords;
import io.keycask.kms.core.internal.store.PolicyRecord;
import io.keycask.kms.core.internal.store.PrincipalRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The operations on accounts, groups and policies, for one caller. Thread-safe. */
final class AccountOperations implements AccessControl {
    private static final String POLICY = "policy";
    private static final String ACCOUNT = "account";
    private static final String GROUP = "group";

    private final Accounts accounts;
    private final AccessQuestions questions;
    private final Caller caller;

    AccountOperations(Accounts accounts, AccessQuestions questions, Caller caller) {
        this.accounts = accounts;
        this.questions = questions;
        this.caller = caller;
    }

    @Override
    public void createPolicy(String name, String document) {
        changePolicy(Operation.CREATE_POLICY, name, document, records -> {
            requireFree(records.policy(name), POLICY, name);
            requireRoom(records.policies().size(), MAX_ENTRIES, "policies");
            records.put(new PolicyRecord(name, 0, accounts.now(), document));
        });
    }

    @Override
    public void updatePolicy(String name, String document) {
        changePolicy(
                Operation.UPDATE_POLICY,
                name,
                document,
                records -> records.put(found(records.policy(name), POLICY, name).document(document)));
    }

    private void changePolicy(Operation operation, String name, String document, Consumer<AccessRecords> change) {
        requireNonNull(document, "document");
        accounts.change(
                operation,
                caller,
                details -> {
                    details.note(POLICY, checked(name)).note("documentLength", document.length());
                    accounts.requirePolicy(document);
                },
                change);
    }

    @Override
    public void deletePolicy(String name) {
        accounts.change(Operation.DELETE_POLICY, caller, details -> details.note(POLICY, checked(name)), records -> {
            PolicyRecord policy = found(records.policy(name), POLICY, name);
            int holders = records.holders(name).size();
            if (holders > 0) {
                throw invalid("policy '" + name + "' is attached to " + holders + " accounts and groups");
            }
            records.delete(policy);
        });
    }

    @Override
    public String policy(String name) {
        return accounts.read(
                Operation.GET_POLICY,
                caller,
                details -> details.note(POLICY, Presets.document(name).isPresent() ? name : checked(name)),
                records -> Presets.document(name)
                        .orElseGet(
                                () -> found(records.policy(name), POLICY, name).document()));
    }

    @Override
    public List<String> policies() {
        return accounts.read(Operation.LIST_POLICIES, caller, details -> {}, AccessRecords::policies);
    }

    @Override
    public void createAccount(String name) {
        create(Operation.ADD_USER, ACCOUNT, Principal.Kind.ACCOUNT, name);
    }

    @Override
    public void createGroup(String name) {
        create(Operation.CREATE_GROUP, GROUP, Principal.Kind.GROUP, name);
    }

    private void create(Operation operation, String what, Principal.Kind kind, String name) {
        accounts.change(operation, caller, details -> details.note(what, checked(name)), records -> {
            Principal principal = new Principal(kind, name);
            requireFree(records.principal(principal), what, name);
            requireRoom(records.principals(kind).size(), MAX_ENTRIES, what + "s");
            records.put(new PrincipalRecord(principal, 0, accounts.now(), Set.of(), Set.of()));
        });
    }

    @Override
    public void deleteAccount(String name) {
        accounts.change(
                Operation.DELETE_USER,
                caller,
                details -> details.note(ACCOUNT, checked(name)),
                records -> records.delete(found(records, Principal.account(name))));
    }

    @Override
    public List<String> accounts() {
        return accounts.read(
                Operation.LIST_USERS, caller, details -> {}, records -> records.principals(Principal.Kind.ACCOUNT));
    }

    @Override
    public void deleteGroup(String name) {
        accounts.change(Operation.DELETE_GROUP, caller, details -> details.note(GROUP, checked(name)), records -> {
            PrincipalRecord group = found(records, Principal.group(name));
            int members = records.members(name).size();
            if (members > 0) {
                throw invalid("group '" + name + "' has " + members + " members");
            }
            records.delete(group);
        });
    }

    @Override
    public List<String> groups() {
        return accounts.read(
                Operation.LIST_GROUPS, caller, details -> {}, records -> records.principals(Principal.Kind.GROUP));
    }

    @Override
    public void addMember(String group, String account) {
        changeMember(Operation.ADD_USER_TO_GROUP, group, account, groups -> {
            if (groups.add(group)) {
                requireRoom(groups.size() - 1, MAX_GROUPS_OF_ACCOUNT, "groups of one account");
            }
        });
    }

    @Override
    public void removeMember(String group, String account) {
        changeMember(Operation.REMOVE_USER_FROM_GROUP, group, account, groups -> groups.remove(group));
    }

    private void changeMember(Operation operation, String group, String account, Consumer<Set<String>> change) {
        accounts.change(
                operation,
                caller,
                details -> details.note(GROUP, checked(group)).note(ACCOUNT, checked(account)),
                records -> {
                    found(records, Principal.group(group));
                    records.put(found(records, Principal.account(account)).groups(change));
                });
    }

    @Override
    public List<String> members(String group) {
        return accounts.read(
                Operation.LIST_USERS_FOR_GROUP, caller, details -> details.note(GROUP, checked(group)), records -> {
                    found(records, Principal.group(group));
                    return records.members(group);
                });
    }

    @Override
    public void attachPolicy(String policy, Principal principal) {
        Operation operation = ofKind(principal, Operation.ATTACH_USER_POLICY, Operation.ATTACH_GROUP_POLICY);
        changeAttachment(operation, policy, principal, policies -> {
            if (policies.add(policy)) {
                requireRoom(policies.size() - 1, MAX_POLICIES_OF_PRINCIPAL, "policies of one account or group");
            }
        });
    }

    @Override
    public void detachPolicy(String policy, Principal principal) {
        Operation operation = ofKind(principal, Operation.DETACH_USER_POLICY, Operation.DETACH_GROUP_POLICY);
        changeAttachment(operation, policy, principal, policies -> policies.remove(policy));
    }

    private void changeAttachment(
            Operation operation, String policy, Principal principal, Consumer<Set<String>> change) {
        boolean isPreset = Presets.document(policy).isPresent();
        accounts.change(
                operation,
                caller,
                details -> details.note(POLICY, isPreset ? policy : checked(policy))
                        .note(ofKind(principal, ACCOUNT, GROUP), principal.name()),
                records -> {
                    if (!isPreset) {
                        found(records.policy(policy), POLICY, policy);
                    }
                    records.put(found(records, principal).policies(change));
                });
    }

    @Override
    public Set<String> attachedPolicies(Principal principal) {
        return accounts.read(
                ofKind(principal, Operation.LIST_ATTACHED_USER_POLICIES, Operation.LIST_ATTACHED_GROUP_POLICIES),
                caller,
                details -> details.note(ofKind(principal, ACCOUNT, GROUP), principal.name()),
                records -> Collections.unmodifiableSet(
                        new TreeSet<>(found(records, principal).policies())));
    }

    @Override
    public AccessDecision simulate(
            Caller asking, String action, String resource, Map<String, List<String>> attributes) {
        return questions.simulate(caller, asking, action, resource, attributes);
    }

    @Override
    public AccessDecision simulate(Caller asking, String action, KeyId key) {
        return questions.simulate(caller, asking, action, key);
    }

    @Override
    public List<Permission> permissionsOf(Caller asking) {
        return questions.permissionsOf(caller, asking);
    }

    @Override
    public List<KeyUser> usersOf(KeyId key, String action) {
        return questions.usersOf(caller, key, action);
    }

    private static <T> T ofKind(Principal principal, T ofAccount, T ofGroup) {
        return principal.kind() == Principal.Kind.ACCOUNT ? ofAccount : ofGroup;
    }

    private static String checked(String name) {
        try {
            return Principal.account(name).name();
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static PrincipalRecord found(AccessRecords records, Principal principal) {
        return found(records.principal(principal), ofKind(principal, ACCOUNT, GROUP), principal.name());
    }

    private static <T> T found(Optional<T> value, String what, String name) {
        return value.orElseThrow(() -> invalid("there is no " + what + " '" + name + "'"));
    }

    private static void requireFree(Optional<?> value, String what, String name) {
        if (value.isPresent()) {
            throw invalid("the " + what + " '" + name + "' exists");
        }
    }

    private static void requireRoom(int count, int limit, String what) {
        if (count >= limit) {
            throw new LimitExceededException(ErrorCode.LIMIT_EXCEEDED, "there are " + count + " " + what);
        }
    }

    private static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
}
