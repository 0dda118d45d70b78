package io.keycask.kms.core.internal.store;

/** The row was changed since the record was read; {@link Store#write} runs the work again. Never leaves the store. */
final class StaleRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleRecordException(String message) {
        super(message, null, false, false);
    }
}
