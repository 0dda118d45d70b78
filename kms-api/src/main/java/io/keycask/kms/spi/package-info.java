/**
 * What a key provider implements: start from {@link io.keycask.kms.spi.KeyProvider}. Applications only build a provider
 * and hand it to the builder. What an application may
 * implement to be told more: {@link io.keycask.kms.spi.AuditSink} and {@link io.keycask.kms.spi.AlarmListener}.
 */
@NullMarked
package io.keycask.kms.spi;

import org.jspecify.annotations.NullMarked;
