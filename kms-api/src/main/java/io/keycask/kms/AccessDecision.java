package io.keycask.kms;

import java.util.Optional;

/**
 * What access control says to one question.
 *
 * @param isAllowed whether the caller may
 * @param decidedBy the statement that decided; empty if the caller is the root account, which may do everything, or if no
 *     statement counts and so nothing is allowed
 */
public record AccessDecision(boolean isAllowed, Optional<StatementRef> decidedBy) {}
