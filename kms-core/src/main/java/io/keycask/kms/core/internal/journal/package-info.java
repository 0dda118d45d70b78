/**
 * The audit trail as callers and sinks see it: start from {@link io.keycask.kms.core.internal.journal.Journal}.
 */
@NullMarked
package io.keycask.kms.core.internal.journal;

import org.jspecify.annotations.NullMarked;
