/** What outlives the process: keys and audit events in a database, under MACs. Start from {@link io.keycask.kms.core.internal.store.Store}. */
@NullMarked
package io.keycask.kms.core.internal.store;

import org.jspecify.annotations.NullMarked;
