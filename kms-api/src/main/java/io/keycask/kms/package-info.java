/**
 * Customer master keys, data keys and envelope encryption inside a Java program.
 *
 * <p>Start from {@link io.keycask.kms.Kms}, which reaches keys, and {@link io.keycask.kms.SymmetricCmk}, which uses one
 * and can never show it. {@link io.keycask.kms.EnvelopeCipher} protects data of any size, {@link
 * io.keycask.kms.RecordCipher} many small values. {@link io.keycask.kms.SigningCmk} signs, and {@link
 * io.keycask.kms.DecryptionCmk} opens what was encrypted with its public key.
 *
 * <p>One rule for every byte array in this package: an argument is read during the call, never kept and never changed;
 * a result is new and the caller's. A method that wipes its argument says so in its name ({@code takeFrom}).
 *
 * <p>No parameter and no result is null, unless it is marked so. Every type is safe for use by several threads, unless
 * its documentation says otherwise. Failures that the caller can do something about are {@link
 * io.keycask.kms.KmsException}s; a {@code NullPointerException}, an {@code IllegalArgumentException} or an {@code
 * IllegalStateException} is a bug of the caller.
 */
@NullMarked
package io.keycask.kms;

import org.jspecify.annotations.NullMarked;
