package io.keycask.kms;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sub-accounts, groups of them, and the policies that say what they may do.
 *
 * <p>A sub-account may do what a policy allows that is attached to it or to a group it is in, and that none of these
 * policies denies; without a policy it may do nothing. {@code docs/access-control.md} describes the language of policies.
 * An account is a name: the application authenticates people, and makes a {@link Caller} of the result.
 *
 * <p>Every method is an operation: the root account may call it, and others whom a policy allows its action, for example
 * {@code cam:CreatePolicy}; each is audited. Who may change policies can give permissions to everybody, also to
 * themselves. A change is durable when the method returns, and takes effect at once in this process and within the
 * staleness in others.
 *
 * <p>Names are 1 to 64 of A-Z, a-z, 0-9, {@code _}, {@code .}, {@code @} and {@code -}, beginning with a letter or a digit.
 * What is named and does not exist, or exists already, is an {@link InvalidRequestException}. Thread-safe.
 */
public interface AccessControl {
    /** The preset policy that allows everything that can be done with keys; not the changing of policies. */
    String FULL_ACCESS = "preset/full-access";

    /** The preset policy that allows to list and describe keys, and not to use or change them. */
    String READ_ONLY = "preset/read-only";

    /** The most policies that one account or group may have. */
    int MAX_POLICIES_OF_PRINCIPAL = 50;

    /** The most groups that one account may be in. */
    int MAX_GROUPS_OF_ACCOUNT = 10;

    /** The most accounts and groups, and the most policies. */
    int MAX_ENTRIES = 10_000;

    /**
     * Creates a policy.
     *
     * @param document JSON text of at most 6,144 bytes
     * @throws InvalidRequestException if the document is not a policy; the message says where, and why
     * @throws LimitExceededException if there are {@link #MAX_ENTRIES} policies
     */
    void createPolicy(String name, String document);

    /** Replaces the text of a policy, for all who have it; otherwise as {@link #createPolicy}. */
    void updatePolicy(String name, String document);

    /** Deletes a policy that nobody has. */
    void deletePolicy(String name);

    /** Returns the text of a policy, or of a preset. */
    String policy(String name);

    /** Returns the names of the policies, in their order; the presets are not among them. */
    List<String> policies();

    /**
     * Creates a sub-account, which may do nothing yet.
     *
     * @throws LimitExceededException if there are {@link #MAX_ENTRIES} accounts
     */
    void createAccount(String name);

    /** Deletes a sub-account; one of this name that is created later starts anew. */
    void deleteAccount(String name);

    /** Returns the names of the sub-accounts, in their order. */
    List<String> accounts();

    /**
     * Creates a group, which has no members yet.
     *
     * @throws LimitExceededException if there are {@link #MAX_ENTRIES} groups
     */
    void createGroup(String name);

    /** Deletes a group that has no members. */
    void deleteGroup(String name);

    /** Returns the names of the groups, in their order. */
    List<String> groups();

    /**
     * Puts an account into a group; one that is in it already stays.
     *
     * @throws LimitExceededException if the account is in {@value #MAX_GROUPS_OF_ACCOUNT} groups
     */
    void addMember(String group, String account);

    /** Takes an account out of a group; one that is not in it stays out. */
    void removeMember(String group, String account);

    /** Returns the names of the accounts in a group, in their order. */
    List<String> members(String group);

    /**
     * Attaches a policy or a preset; one that is attached already stays.
     *
     * @throws LimitExceededException if the principal has {@value #MAX_POLICIES_OF_PRINCIPAL} policies
     */
    void attachPolicy(String policy, Principal principal);

    /** Detaches a policy or a preset; one that is not attached stays detached. */
    void detachPolicy(String policy, Principal principal);

    /** Returns the names of the policies that are attached to the principal itself. */
    Set<String> attachedPolicies(Principal principal);

    /**
     * Returns what would be decided about a request, without doing it.
     *
     * @param caller who would ask, with address and attributes
     * @param action for example {@code kms:Encrypt}
     * @param resource {@code *}, or one resource in six segments, for example {@code
     *     qcs::kms:local:uin/root:key/creatorUin/user/<key id>}; {@code …:key/*} asks about every key
     * @param attributes values for keys of conditions, which count instead of the caller's and of the present time, for
     *     example {@code qcs:resource_tag} and {@code team&pay}
     * @throws InvalidRequestException if action or resource has another form
     */
    AccessDecision simulate(Caller caller, String action, String resource, Map<String, List<String>> attributes);

    /**
     * Returns what would be decided about a request for this key as it is now.
     *
     * @throws KeyNotFoundException if there is no such key
     * @throws InvalidRequestException if the action has another form
     */
    AccessDecision simulate(Caller caller, String action, KeyId key);

    /** Returns what the caller may do, and may not: all statements that count for it. None for the root account. */
    List<Permission> permissionsOf(Caller caller);

    /**
     * Returns the accounts that may do this with the key, in the order of their names. The root account may do everything
     * and is not among them.
     *
     * @param action for example {@code kms:Decrypt}
     * @throws KeyNotFoundException if there is no such key
     * @throws InvalidRequestException if the action has another form
     */
    List<KeyUser> usersOf(KeyId key, String action);
}
