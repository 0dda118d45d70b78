/** Alarms: start from {@link io.keycask.kms.core.internal.alarm.Alarms}. */
@NullMarked
package io.keycask.kms.core.internal.alarm;

import org.jspecify.annotations.NullMarked;
