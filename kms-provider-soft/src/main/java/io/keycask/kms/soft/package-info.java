/**
 * Customer master keys sealed in software: start from {@link io.keycask.kms.soft.SoftProvider} and {@link
 * io.keycask.kms.soft.RootKey}.
 */
@NullMarked
package io.keycask.kms.soft;

import org.jspecify.annotations.NullMarked;
