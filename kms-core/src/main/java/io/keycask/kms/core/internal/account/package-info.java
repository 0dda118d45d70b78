/**
 * The operations on accounts, groups and policies: start from {@link
 * io.keycask.kms.core.internal.account.AccountOperations}.
 */
@NullMarked
package io.keycask.kms.core.internal.account;

import org.jspecify.annotations.NullMarked;
