package io.keycask.kms.pkcs11.binding;

/**
 * The functions of a PKCS#11 library (OASIS PKCS #11 v2.40 §5), raw.
 *
 * <p>Every argument is a {@code CK_ULONG}, a handle or a native address; every result is a {@code CK_RV}, and nothing is
 * thrown. The names are those of the specification without {@code C_}.
 */
public interface Cryptoki {
    /** Returns the sizes of this platform's structures. */
    CkLayout layout();

    long initialize(long arguments);

    long finalizeLibrary(long reserved);

    long getSlotList(boolean tokenPresent, long slots, long count);

    long getTokenInfo(long slot, long info);

    long getMechanismList(long slot, long mechanisms, long count);

    long openSession(long slot, long flags, long session);

    long closeSession(long session);

    long closeAllSessions(long slot);

    long getSessionInfo(long session, long info);

    long login(long session, long userType, long pin, long pinBytes);

    long createObject(long session, long template, long count, long object);

    long destroyObject(long session, long object);

    long getAttributeValue(long session, long object, long template, long count);

    long findObjectsInit(long session, long template, long count);

    long findObjects(long session, long objects, long max, long count);

    long findObjectsFinal(long session);

    long encryptInit(long session, long mechanism, long key);

    long encrypt(long session, long in, long inBytes, long out, long outBytes);

    long decryptInit(long session, long mechanism, long key);

    long decrypt(long session, long in, long inBytes, long out, long outBytes);

    long signInit(long session, long mechanism, long key);

    long sign(long session, long in, long inBytes, long out, long outBytes);

    long generateKey(long session, long mechanism, long template, long count, long key);

    long generateKeyPair(
            long session,
            long mechanism,
            long publicTemplate,
            long publicCount,
            long privateTemplate,
            long privateCount,
            long publicKey,
            long privateKey);

    long wrapKey(long session, long mechanism, long wrappingKey, long key, long out, long outBytes);

    long unwrapKey(
            long session,
            long mechanism,
            long unwrappingKey,
            long in,
            long inBytes,
            long template,
            long count,
            long key);

    long generateRandom(long session, long out, long bytes);
}
