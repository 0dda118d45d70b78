package io.keycask.kms.crypto;

/** XAES-256-GCM. */
public final class Xaes256Gcm {
    private Xaes256Gcm() {}
}
