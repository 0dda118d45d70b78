/**
 * Key pairs: start from {@link io.keycask.kms.core.internal.asymmetric.AsymmetricOperations} and {@link
 * io.keycask.kms.core.internal.asymmetric.SignatureScheme}. Private keys stay in the providers; what is computed here is
 * computed from public values.
 */
@NullMarked
package io.keycask.kms.core.internal.asymmetric;

import org.jspecify.annotations.NullMarked;
