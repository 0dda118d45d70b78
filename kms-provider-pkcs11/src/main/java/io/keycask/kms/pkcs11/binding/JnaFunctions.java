package io.keycask.kms.pkcs11.binding;

/**
 * The native functions of one library. {@link JnaBinding} defines a copy of this class for each library, because JNA binds
 * a class to the functions of one.
 */
final class JnaFunctions implements Cryptoki {
    private final CkLayout layout;

    JnaFunctions(CkLayout layout) {
        this.layout = layout;
    }

    private static native long C_Initialize(long arguments);

    private static native long C_Finalize(long reserved);

    private static native long C_GetSlotList(byte tokenPresent, long slots, long count);

    private static native long C_GetTokenInfo(long slot, long info);

    private static native long C_GetMechanismList(long slot, long mechanisms, long count);

    private static native long C_OpenSession(long slot, long flags, long application, long notify, long session);

    private static native long C_CloseSession(long session);

    private static native long C_CloseAllSessions(long slot);

    private static native long C_GetSessionInfo(long session, long info);

    private static native long C_Login(long session, long userType, long pin, long pinBytes);

    private static native long C_CreateObject(long session, long template, long count, long object);

    private static native long C_DestroyObject(long session, long object);

    private static native long C_GetAttributeValue(long session, long object, long template, long count);

    private static native long C_FindObjectsInit(long session, long template, long count);

    private static native long C_FindObjects(long session, long objects, long max, long count);

    private static native long C_FindObjectsFinal(long session);

    private static native long C_EncryptInit(long session, long mechanism, long key);

    private static native long C_Encrypt(long session, long in, long inBytes, long out, long outBytes);

    private static native long C_DecryptInit(long session, long mechanism, long key);

    private static native long C_Decrypt(long session, long in, long inBytes, long out, long outBytes);

    private static native long C_SignInit(long session, long mechanism, long key);

    private static native long C_Sign(long session, long in, long inBytes, long out, long outBytes);

    private static native long C_GenerateKey(long session, long mechanism, long template, long count, long key);

    private static native long C_GenerateKeyPair(
            long session,
            long mechanism,
            long publicTemplate,
            long publicCount,
            long privateTemplate,
            long privateCount,
            long publicKey,
            long privateKey);

    private static native long C_WrapKey(
            long session, long mechanism, long wrappingKey, long key, long out, long outBytes);

    private static native long C_UnwrapKey(
            long session,
            long mechanism,
            long unwrappingKey,
            long in,
            long inBytes,
            long template,
            long count,
            long key);

    private static native long C_GenerateRandom(long session, long out, long bytes);

    @Override
    public CkLayout layout() {
        return layout;
    }

    /** A CK_RV is a CK_ULONG: where that has 4 bytes, the upper half of the register means nothing. */
    private long rv(long register) {
        return layout.ulong(register);
    }

    @Override
    public long initialize(long arguments) {
        return rv(C_Initialize(arguments));
    }

    @Override
    public long finalizeLibrary(long reserved) {
        return rv(C_Finalize(reserved));
    }

    @Override
    public long getSlotList(boolean tokenPresent, long slots, long count) {
        return rv(C_GetSlotList((byte) (tokenPresent ? 1 : 0), slots, count));
    }

    @Override
    public long getTokenInfo(long slot, long info) {
        return rv(C_GetTokenInfo(slot, info));
    }

    @Override
    public long getMechanismList(long slot, long mechanisms, long count) {
        return rv(C_GetMechanismList(slot, mechanisms, count));
    }

    @Override
    public long openSession(long slot, long flags, long session) {
        return rv(C_OpenSession(slot, flags, 0, 0, session));
    }

    @Override
    public long closeSession(long session) {
        return rv(C_CloseSession(session));
    }

    @Override
    public long closeAllSessions(long slot) {
        return rv(C_CloseAllSessions(slot));
    }

    @Override
    public long getSessionInfo(long session, long info) {
        return rv(C_GetSessionInfo(session, info));
    }

    @Override
    public long login(long session, long userType, long pin, long pinBytes) {
        return rv(C_Login(session, userType, pin, pinBytes));
    }

    @Override
    public long createObject(long session, long template, long count, long object) {
        return rv(C_CreateObject(session, template, count, object));
    }

    @Override
    public long destroyObject(long session, long object) {
        return rv(C_DestroyObject(session, object));
    }

    @Override
    public long getAttributeValue(long session, long object, long template, long count) {
        return rv(C_GetAttributeValue(session, object, template, count));
    }

    @Override
    public long findObjectsInit(long session, long template, long count) {
        return rv(C_FindObjectsInit(session, template, count));
    }

    @Override
    public long findObjects(long session, long objects, long max, long count) {
        return rv(C_FindObjects(session, objects, max, count));
    }

    @Override
    public long findObjectsFinal(long session) {
        return rv(C_FindObjectsFinal(session));
    }

    @Override
    public long encryptInit(long session, long mechanism, long key) {
        return rv(C_EncryptInit(session, mechanism, key));
    }

    @Override
    public long encrypt(long session, long in, long inBytes, long out, long outBytes) {
        return rv(C_Encrypt(session, in, inBytes, out, outBytes));
    }

    @Override
    public long decryptInit(long session, long mechanism, long key) {
        return rv(C_DecryptInit(session, mechanism, key));
    }

    @Override
    public long decrypt(long session, long in, long inBytes, long out, long outBytes) {
        return rv(C_Decrypt(session, in, inBytes, out, outBytes));
    }

    @Override
    public long signInit(long session, long mechanism, long key) {
        return rv(C_SignInit(session, mechanism, key));
    }

    @Override
    public long sign(long session, long in, long inBytes, long out, long outBytes) {
        return rv(C_Sign(session, in, inBytes, out, outBytes));
    }

    @Override
    public long generateKey(long session, long mechanism, long template, long count, long key) {
        return rv(C_GenerateKey(session, mechanism, template, count, key));
    }

    @Override
    public long generateKeyPair(
            long session,
            long mechanism,
            long publicTemplate,
            long publicCount,
            long privateTemplate,
            long privateCount,
            long publicKey,
            long privateKey) {
        return rv(C_GenerateKeyPair(
                session, mechanism, publicTemplate, publicCount, privateTemplate, privateCount, publicKey, privateKey));
    }

    @Override
    public long wrapKey(long session, long mechanism, long wrappingKey, long key, long out, long outBytes) {
        return rv(C_WrapKey(session, mechanism, wrappingKey, key, out, outBytes));
    }

    @Override
    public long unwrapKey(
            long session,
            long mechanism,
            long unwrappingKey,
            long in,
            long inBytes,
            long template,
            long count,
            long key) {
        return rv(C_UnwrapKey(session, mechanism, unwrappingKey, in, inBytes, template, count, key));
    }

    @Override
    public long generateRandom(long session, long out, long bytes) {
        return rv(C_GenerateRandom(session, out, bytes));
    }
}
