/** The audit trail: events, their chain, and the writer that commits them in groups. Start from {@link io.keycask.kms.core.internal.audit.AuditEvent}. */
@NullMarked
package io.keycask.kms.core.internal.audit;

import org.jspecify.annotations.NullMarked;
