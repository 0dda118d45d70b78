/**
 * The cryptographic primitives that the JDK lacks. Start from {@link io.keycask.kms.crypto.AeadKey} and its implementations
 * {@link io.keycask.kms.crypto.Xaes256Gcm} and {@link io.keycask.kms.crypto.Sm4Gcm}; existing code finds SM4 and SM3 through
 * {@link io.keycask.kms.crypto.KeycaskProvider}.
 *
 * <p>Everywhere in this package an argument is read during the call, never kept and never changed, unless its
 * documentation says otherwise; a result is new and the caller's.
 */
@NullMarked
package io.keycask.kms.crypto;

import org.jspecify.annotations.NullMarked;
