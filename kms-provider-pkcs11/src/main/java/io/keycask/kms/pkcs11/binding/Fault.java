package io.keycask.kms.pkcs11.binding;

import java.util.Set;

/** What a failure means, which depends on the code and on the function that returned it. */
public enum Fault {
    /** This session is gone or unusable; another one may do. */
    SESSION,
    /** The handle of an object is not, or no longer, the one that was meant. */
    HANDLE,
    /** The token wants a login. */
    LOGIN,
    /** The PIN is refused: trying it again would lock the token. */
    PIN,
    /** There is no room for one more session or object now. */
    CAPACITY,
    /** The device or the library is gone: only a new start of the library helps. */
    DEVICE,
    /** The library says no more than that it failed; a look at another function tells whether the device is gone. */
    UNCLEAR,
    /** What was to be decrypted or unwrapped is damaged. */
    CIPHERTEXT,
    /** The request is one that the token does not do. */
    REFUSED;

    // a damaged ciphertext must never make anybody start the library anew
    private static final Set<String> OPENING = Set.of("C_Decrypt", "C_UnwrapKey");

    /** Returns what the code means in this function. */
    public static Fault of(String function, long code) {
        if (code == Ckr.SESSION_HANDLE_INVALID
                || code == Ckr.SESSION_CLOSED
                || code == Ckr.OPERATION_ACTIVE
                || code == Ckr.OPERATION_NOT_INITIALIZED) {
            return SESSION;
        }
        if (code == Ckr.KEY_HANDLE_INVALID || code == Ckr.OBJECT_HANDLE_INVALID) {
            return HANDLE;
        }
        if (code == Ckr.USER_NOT_LOGGED_IN) {
            return LOGIN;
        }
        if ((code >= Ckr.PIN_INCORRECT && code <= Ckr.PIN_LOCKED) || code == Ckr.USER_PIN_NOT_INITIALIZED) {
            return PIN;
        }
        if (code == Ckr.SESSION_COUNT || code == Ckr.DEVICE_MEMORY || code == Ckr.HOST_MEMORY) {
            return CAPACITY;
        }
        if (code == Ckr.DEVICE_ERROR
                || code == Ckr.DEVICE_REMOVED
                || code == Ckr.TOKEN_NOT_PRESENT
                || code == Ckr.TOKEN_NOT_RECOGNIZED
                || code == Ckr.CRYPTOKI_NOT_INITIALIZED) {
            return DEVICE;
        }
        if (OPENING.contains(function) && isAboutData(code)) {
            return CIPHERTEXT;
        }
        if (code == Ckr.GENERAL_ERROR || code == Ckr.FUNCTION_FAILED || Ckr.isVendorDefined(code)) {
            return UNCLEAR;
        }
        return REFUSED;
    }

    private static boolean isAboutData(long code) {
        return (code >= Ckr.DATA_INVALID && code <= Ckr.DATA_LEN_RANGE)
                || (code >= Ckr.ENCRYPTED_DATA_INVALID && code <= Ckr.ENCRYPTED_DATA_LEN_RANGE)
                || code == Ckr.ARGUMENTS_BAD
                || (code >= 0x110 && code <= 0x115);
    }
}
