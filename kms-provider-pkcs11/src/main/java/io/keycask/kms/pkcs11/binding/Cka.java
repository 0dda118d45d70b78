package io.keycask.kms.pkcs11.binding;

/** The attributes, classes, key types, mechanisms and flags of PKCS #11 v2.40 that are used here, by their names there. */
public final class Cka {
    public static final long CLASS = 0x0;
    public static final long TOKEN = 0x1;
    public static final long PRIVATE = 0x2;
    public static final long LABEL = 0x3;
    public static final long VALUE = 0x11;
    public static final long KEY_TYPE = 0x100;
    public static final long ID = 0x102;
    public static final long SENSITIVE = 0x103;
    public static final long ENCRYPT = 0x104;
    public static final long DECRYPT = 0x105;
    public static final long WRAP = 0x106;
    public static final long UNWRAP = 0x107;
    public static final long SIGN = 0x108;
    public static final long VERIFY = 0x10A;
    public static final long DERIVE = 0x10C;
    public static final long MODULUS = 0x120;
    public static final long MODULUS_BITS = 0x121;
    public static final long PUBLIC_EXPONENT = 0x122;
    public static final long VALUE_LEN = 0x161;
    public static final long EXTRACTABLE = 0x162;
    public static final long MODIFIABLE = 0x170;
    public static final long EC_PARAMS = 0x180;
    public static final long EC_POINT = 0x181;

    public static final long CKO_PUBLIC_KEY = 2;
    public static final long CKO_PRIVATE_KEY = 3;
    public static final long CKO_SECRET_KEY = 4;

    public static final long CKK_RSA = 0x0;
    public static final long CKK_EC = 0x3;
    public static final long CKK_AES = 0x1F;

    public static final long CKM_RSA_PKCS_KEY_PAIR_GEN = 0x0;
    public static final long CKM_RSA_PKCS = 0x1;
    public static final long CKM_RSA_PKCS_OAEP = 0x9;
    public static final long CKM_RSA_PKCS_PSS = 0xD;
    public static final long CKM_EC_KEY_PAIR_GEN = 0x1040;
    public static final long CKM_ECDSA = 0x1041;
    public static final long CKM_SHA_1 = 0x220;
    public static final long CKM_SHA256 = 0x250;
    public static final long CKM_AES_KEY_GEN = 0x1080;
    public static final long CKM_AES_GCM = 0x1087;

    public static final long CKG_MGF1_SHA1 = 1;
    public static final long CKG_MGF1_SHA256 = 2;
    public static final long CKZ_DATA_SPECIFIED = 1;

    public static final long CKF_RW_SESSION = 0x2;
    public static final long CKF_SERIAL_SESSION = 0x4;
    public static final long CKF_OS_LOCKING_OK = 0x2;
    public static final long CKF_TOKEN_INITIALIZED = 0x400;

    public static final long CKU_USER = 1;

    private Cka() {}
}
