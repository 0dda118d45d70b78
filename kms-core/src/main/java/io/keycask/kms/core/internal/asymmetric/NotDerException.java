package io.keycask.kms.core.internal.asymmetric;

/** Bytes that are not the DER that was expected; why makes no difference. */
final class NotDerException extends Exception {
    private static final long serialVersionUID = 1L;
}
