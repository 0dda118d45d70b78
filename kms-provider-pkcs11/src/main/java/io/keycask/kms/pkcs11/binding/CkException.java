package io.keycask.kms.pkcs11.binding;

/** A function of the library that returned something else than {@code CKR_OK}. It never holds an argument. */
public final class CkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final long code;

    public CkException(String function, long code) {
        super(function + " returned " + Ckr.name(code));
        this.function = function;
        this.code = code;
    }

    /** Throws if the code is not {@code CKR_OK}. */
    public static void check(String function, long code) {
        if (code != Ckr.OK) {
            throw new CkException(function, code);
        }
    }

    /** Returns the name of the function, with {@code C_}. */
    public String function() {
        return function;
    }

    /** Returns the code. */
    public long code() {
        return code;
    }

    /** Returns what the code means in this function. */
    public Fault fault() {
        return Fault.of(function, code);
    }
}
