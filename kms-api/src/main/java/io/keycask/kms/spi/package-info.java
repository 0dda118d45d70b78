/**
 * What a key provider implements: start from {@link io.keycask.kms.spi.KeyProvider}. Applications only build a provider
 * and hand it to the builder; they need nothing else from here.
 */
@NullMarked
package io.keycask.kms.spi;

import org.jspecify.annotations.NullMarked;
