/** Benchmarks of Keycask: start from {@link io.keycask.kms.benchmarks.EnvelopeBenchmark}. */
@NullMarked
package io.keycask.kms.benchmarks;

import org.jspecify.annotations.NullMarked;
