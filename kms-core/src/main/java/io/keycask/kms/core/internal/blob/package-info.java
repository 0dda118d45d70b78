/** Small secrets under a customer master key: start from {@link io.keycask.kms.core.internal.blob.CmkCipher}. */
@NullMarked
package io.keycask.kms.core.internal.blob;

import org.jspecify.annotations.NullMarked;
