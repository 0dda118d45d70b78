/**
 * Programs that use Keycask's public API: start from {@link io.keycask.kms.examples.FirstProgram}, the one of the README,
 * and {@link io.keycask.kms.examples.Quickstart}, the one behind {@code bin/quickstart}.
 */
@NullMarked
package io.keycask.kms.examples;

import org.jspecify.annotations.NullMarked;
