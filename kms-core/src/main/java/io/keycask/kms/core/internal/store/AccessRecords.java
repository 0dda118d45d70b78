package io.keycask.kms.core.internal.store;

import io.keycask.kms.Principal;
import java.util.List;
import java.util.Optional;

/** Accounts, groups and policies, in one transaction. Used by the thread of the transaction only. */
public interface AccessRecords {
    /** Returns the number that grows with every change; 0 before the first. */
    long version();

    /** Returns the account or group. */
    Optional<PrincipalRecord> principal(Principal principal);

    /** Returns the names of all accounts or all groups, in their order. */
    List<String> principals(Principal.Kind kind);

    /** Returns the names of the accounts in a group, in their order. */
    List<String> members(String group);

    /** Returns the policy. */
    Optional<PolicyRecord> policy(String name);

    /** Returns the names of all policies, in their order. */
    List<String> policies();

    /** Returns the accounts and groups that have the policy. */
    List<Principal> holders(String policy);

    /** Returns the policies of an account; none if there is no such account. */
    AccountPolicies policiesOf(String account);

    /** Stores the principal, if its row version is still that of the record; a new one has 0. */
    void put(PrincipalRecord principal);

    /** Deletes the principal with its sets, if its row version is still that of the record. */
    void delete(PrincipalRecord principal);

    /** Stores the policy, if its row version is still that of the record; a new one has 0. */
    void put(PolicyRecord policy);

    /** Deletes the policy, if its row version is still that of the record. */
    void delete(PolicyRecord policy);
}
