package io.keycask.kms.core.internal.datakey;

import io.keycask.kms.KeyId;

/** What a data key is found by. */
interface Lookup {
    /** Returns whether the data key is under this customer master key. */
    boolean isUnder(KeyId key);
}
