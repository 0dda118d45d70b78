/** How keys come into being, change and end: start from {@link io.keycask.kms.core.internal.lifecycle.KeyLifecycle}. */
@NullMarked
package io.keycask.kms.core.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
