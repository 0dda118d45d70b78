/** Keycask inside the program: start from {@link io.keycask.kms.core.EmbeddedKms}. */
@NullMarked
package io.keycask.kms.core;

import org.jspecify.annotations.NullMarked;
