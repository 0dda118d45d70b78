/**
 * Who may do what: policies, and the decision about one request. Start from {@link
 * io.keycask.kms.core.internal.access.Access} and {@link io.keycask.kms.core.internal.access.Grants}.
 */
@NullMarked
package io.keycask.kms.core.internal.access;

import org.jspecify.annotations.NullMarked;
