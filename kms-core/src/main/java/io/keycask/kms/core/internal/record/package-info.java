/**
 * Records: many small values under one data key, in XAES-256-GCM or SM4-GCM, as docs/formats.md §9 describes them.
 *
 * <p>Start from {@link io.keycask.kms.core.internal.record.Records}, which makes the ciphers. A {@code PrefixKey} seals and opens
 * single records; {@code WritingPrefix} says which one seals the next record, {@code PrefixKeyCache} keeps those that readers use.
 */
@NullMarked
package io.keycask.kms.core.internal.record;

import org.jspecify.annotations.NullMarked;
