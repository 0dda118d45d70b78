/**
 * Data keys that serve several messages: start from {@link io.keycask.kms.core.internal.datakey.CachedDataKeys}, and {@link
 * io.keycask.kms.core.internal.datakey.KeptKeys} below it.
 */
@NullMarked
package io.keycask.kms.core.internal.datakey;

import org.jspecify.annotations.NullMarked;
