/** The key providers that the application handed over: {@link io.keycask.kms.core.internal.provider.Providers}. */
@NullMarked
package io.keycask.kms.core.internal.provider;

import org.jspecify.annotations.NullMarked;
