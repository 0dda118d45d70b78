package io.keycask.kms.core;

import io.keycask.kms.Caller;

/** The service as {@code Kms.as} shows it to a caller. It owns nothing, so there is nothing to close. */
final class KmsView extends CallerKms {
    private final Caller caller;

    KmsView(Engine engine, Caller caller) {
        super(engine, caller);
        this.caller = caller;
    }

    @Override
    public void close() {
        // the service goes on for others
    }

    @Override
    public String toString() {
        return "Kms[" + caller.name() + "]";
    }
}
