package io.keycask.kms.pkcs11.binding;

import java.util.Locale;
import java.util.Map;

/** The return values of PKCS#11 functions that matter here (PKCS #11 v2.40 §5.1), and the names of the others. */
public final class Ckr {
    public static final long OK = 0x0;
    public static final long HOST_MEMORY = 0x2;
    public static final long GENERAL_ERROR = 0x5;
    public static final long FUNCTION_FAILED = 0x6;
    public static final long ARGUMENTS_BAD = 0x7;
    public static final long ATTRIBUTE_TYPE_INVALID = 0x12;
    public static final long DATA_INVALID = 0x20;
    public static final long DATA_LEN_RANGE = 0x21;
    public static final long DEVICE_ERROR = 0x30;
    public static final long DEVICE_MEMORY = 0x31;
    public static final long DEVICE_REMOVED = 0x32;
    public static final long ENCRYPTED_DATA_INVALID = 0x40;
    public static final long ENCRYPTED_DATA_LEN_RANGE = 0x41;
    public static final long KEY_HANDLE_INVALID = 0x60;
    public static final long OBJECT_HANDLE_INVALID = 0x82;
    public static final long OPERATION_ACTIVE = 0x90;
    public static final long OPERATION_NOT_INITIALIZED = 0x91;
    public static final long PIN_INCORRECT = 0xA0;
    public static final long PIN_INVALID = 0xA1;
    public static final long PIN_LEN_RANGE = 0xA2;
    public static final long PIN_EXPIRED = 0xA3;
    public static final long PIN_LOCKED = 0xA4;
    public static final long SESSION_CLOSED = 0xB0;
    public static final long SESSION_COUNT = 0xB1;
    public static final long SESSION_HANDLE_INVALID = 0xB3;
    public static final long TOKEN_NOT_PRESENT = 0xE0;
    public static final long TOKEN_NOT_RECOGNIZED = 0xE1;
    public static final long USER_ALREADY_LOGGED_IN = 0x100;
    public static final long USER_NOT_LOGGED_IN = 0x101;
    public static final long USER_PIN_NOT_INITIALIZED = 0x102;
    public static final long BUFFER_TOO_SMALL = 0x150;
    public static final long CRYPTOKI_NOT_INITIALIZED = 0x190;
    public static final long CRYPTOKI_ALREADY_INITIALIZED = 0x191;
    private static final long VENDOR_DEFINED = 0x8000_0000L;

    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(OK, "CKR_OK"),
            Map.entry(0x1L, "CKR_CANCEL"),
            Map.entry(HOST_MEMORY, "CKR_HOST_MEMORY"),
            Map.entry(0x3L, "CKR_SLOT_ID_INVALID"),
            Map.entry(GENERAL_ERROR, "CKR_GENERAL_ERROR"),
            Map.entry(FUNCTION_FAILED, "CKR_FUNCTION_FAILED"),
            Map.entry(ARGUMENTS_BAD, "CKR_ARGUMENTS_BAD"),
            Map.entry(0x9L, "CKR_NEED_TO_CREATE_THREADS"),
            Map.entry(0xAL, "CKR_CANT_LOCK"),
            Map.entry(0x10L, "CKR_ATTRIBUTE_READ_ONLY"),
            Map.entry(0x11L, "CKR_ATTRIBUTE_SENSITIVE"),
            Map.entry(ATTRIBUTE_TYPE_INVALID, "CKR_ATTRIBUTE_TYPE_INVALID"),
            Map.entry(0x13L, "CKR_ATTRIBUTE_VALUE_INVALID"),
            Map.entry(0x1BL, "CKR_ACTION_PROHIBITED"),
            Map.entry(DATA_INVALID, "CKR_DATA_INVALID"),
            Map.entry(DATA_LEN_RANGE, "CKR_DATA_LEN_RANGE"),
            Map.entry(DEVICE_ERROR, "CKR_DEVICE_ERROR"),
            Map.entry(DEVICE_MEMORY, "CKR_DEVICE_MEMORY"),
            Map.entry(DEVICE_REMOVED, "CKR_DEVICE_REMOVED"),
            Map.entry(ENCRYPTED_DATA_INVALID, "CKR_ENCRYPTED_DATA_INVALID"),
            Map.entry(ENCRYPTED_DATA_LEN_RANGE, "CKR_ENCRYPTED_DATA_LEN_RANGE"),
            Map.entry(0x50L, "CKR_FUNCTION_CANCELED"),
            Map.entry(0x54L, "CKR_FUNCTION_NOT_SUPPORTED"),
            Map.entry(KEY_HANDLE_INVALID, "CKR_KEY_HANDLE_INVALID"),
            Map.entry(0x62L, "CKR_KEY_SIZE_RANGE"),
            Map.entry(0x63L, "CKR_KEY_TYPE_INCONSISTENT"),
            Map.entry(0x68L, "CKR_KEY_FUNCTION_NOT_PERMITTED"),
            Map.entry(0x6AL, "CKR_KEY_UNEXTRACTABLE"),
            Map.entry(0x70L, "CKR_MECHANISM_INVALID"),
            Map.entry(0x71L, "CKR_MECHANISM_PARAM_INVALID"),
            Map.entry(OBJECT_HANDLE_INVALID, "CKR_OBJECT_HANDLE_INVALID"),
            Map.entry(OPERATION_ACTIVE, "CKR_OPERATION_ACTIVE"),
            Map.entry(OPERATION_NOT_INITIALIZED, "CKR_OPERATION_NOT_INITIALIZED"),
            Map.entry(PIN_INCORRECT, "CKR_PIN_INCORRECT"),
            Map.entry(PIN_INVALID, "CKR_PIN_INVALID"),
            Map.entry(PIN_LEN_RANGE, "CKR_PIN_LEN_RANGE"),
            Map.entry(PIN_EXPIRED, "CKR_PIN_EXPIRED"),
            Map.entry(PIN_LOCKED, "CKR_PIN_LOCKED"),
            Map.entry(SESSION_CLOSED, "CKR_SESSION_CLOSED"),
            Map.entry(SESSION_COUNT, "CKR_SESSION_COUNT"),
            Map.entry(SESSION_HANDLE_INVALID, "CKR_SESSION_HANDLE_INVALID"),
            Map.entry(0xB5L, "CKR_SESSION_READ_ONLY"),
            Map.entry(0xD0L, "CKR_TEMPLATE_INCOMPLETE"),
            Map.entry(0xD1L, "CKR_TEMPLATE_INCONSISTENT"),
            Map.entry(TOKEN_NOT_PRESENT, "CKR_TOKEN_NOT_PRESENT"),
            Map.entry(TOKEN_NOT_RECOGNIZED, "CKR_TOKEN_NOT_RECOGNIZED"),
            Map.entry(0xE2L, "CKR_TOKEN_WRITE_PROTECTED"),
            Map.entry(USER_ALREADY_LOGGED_IN, "CKR_USER_ALREADY_LOGGED_IN"),
            Map.entry(USER_NOT_LOGGED_IN, "CKR_USER_NOT_LOGGED_IN"),
            Map.entry(USER_PIN_NOT_INITIALIZED, "CKR_USER_PIN_NOT_INITIALIZED"),
            Map.entry(0x104L, "CKR_USER_ANOTHER_ALREADY_LOGGED_IN"),
            Map.entry(0x110L, "CKR_WRAPPED_KEY_INVALID"),
            Map.entry(0x112L, "CKR_WRAPPED_KEY_LEN_RANGE"),
            Map.entry(0x130L, "CKR_DOMAIN_PARAMS_INVALID"),
            Map.entry(0x140L, "CKR_CURVE_NOT_SUPPORTED"),
            Map.entry(BUFFER_TOO_SMALL, "CKR_BUFFER_TOO_SMALL"),
            Map.entry(CRYPTOKI_NOT_INITIALIZED, "CKR_CRYPTOKI_NOT_INITIALIZED"),
            Map.entry(CRYPTOKI_ALREADY_INITIALIZED, "CKR_CRYPTOKI_ALREADY_INITIALIZED"));

    private Ckr() {}

    /** Returns the name of the code and its number. */
    public static String name(long code) {
        String hex = "0x" + Long.toHexString(code).toUpperCase(Locale.ROOT);
        String name = NAMES.get(code);
        if (name == null) {
            return isVendorDefined(code) ? "vendor code " + hex : "code " + hex;
        }
        return name + " (" + hex + ")";
    }

    /** Returns whether the code is one of the vendor's own. */
    public static boolean isVendorDefined(long code) {
        return (code & VENDOR_DEFINED) != 0;
    }
}
