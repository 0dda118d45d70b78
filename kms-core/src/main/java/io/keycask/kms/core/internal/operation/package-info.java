/**
 * The one path of every call: find the key, ask its state, do the work, record the outcome. Start from {@link
 * io.keycask.kms.core.internal.operation.CallPath} and {@link io.keycask.kms.core.internal.operation.Operation}.
 */
@NullMarked
package io.keycask.kms.core.internal.operation;

import org.jspecify.annotations.NullMarked;
