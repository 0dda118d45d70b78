/**
 * Customer master keys in a hardware security module: start from {@link io.keycask.kms.pkcs11.Pkcs11Provider} and {@link
 * io.keycask.kms.pkcs11.Pkcs11Configuration}.
 */
@NullMarked
package io.keycask.kms.pkcs11;

import org.jspecify.annotations.NullMarked;
