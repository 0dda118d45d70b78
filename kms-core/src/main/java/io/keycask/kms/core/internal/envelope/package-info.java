/** Envelope messages. Start from {@link io.keycask.kms.core.internal.envelope.DataKeySource}. */
@NullMarked
package io.keycask.kms.core.internal.envelope;

import org.jspecify.annotations.NullMarked;
