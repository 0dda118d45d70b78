/**
 * The PKCS#11 library at the level of bytes and addresses: start from {@link
 * io.keycask.kms.pkcs11.binding.Cryptoki} and {@link io.keycask.kms.pkcs11.binding.NativeArena}.
 */
@NullMarked
package io.keycask.kms.pkcs11.binding;

import org.jspecify.annotations.NullMarked;
