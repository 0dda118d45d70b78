package io.keycask.kms.core.internal.record;

import io.keycask.kms.crypto.AeadKey;
import io.keycask.kms.crypto.Xaes256Gcm;

/** Where the fields of a record are (docs/formats.md §9), in both suites: format, nonce (prefix and rest), ciphertext, tag. */
final class RecordLayout {
    static final int PREFIX_START = 1;
    static final int PREFIX_BYTES = Xaes256Gcm.PREFIX_BYTES;
    static final int REST_START = PREFIX_START + PREFIX_BYTES;
    static final int REST_BYTES = Xaes256Gcm.NONCE_BYTES - PREFIX_BYTES;

    /** Where ciphertext and tag begin. */
    static final int SEALED_START = REST_START + REST_BYTES;

    static final int TAG_BYTES = AeadKey.TAG_BYTES;

    private RecordLayout() {}
}
