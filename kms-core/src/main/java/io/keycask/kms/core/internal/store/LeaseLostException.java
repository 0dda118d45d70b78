package io.keycask.kms.core.internal.store;

/** Another process took over the lease under which this one worked; it has to stop. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(Store.Lease lease) {
        super("the lease " + lease.name() + " was taken over by another process");
    }
}
