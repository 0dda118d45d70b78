package io.keycask.kms.pkcs11.session;

import io.keycask.kms.pkcs11.binding.CkException;
import io.keycask.kms.pkcs11.binding.CkLayout;
import io.keycask.kms.pkcs11.binding.Ckr;
import io.keycask.kms.pkcs11.binding.Cryptoki;
import io.keycask.kms.pkcs11.binding.NativeArena;
import io.keycask.kms.pkcs11.binding.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An open session with the functions of PKCS#11 that belong to it. Belongs to one thread at a time.
 *
 * <p>Every method throws {@link CkException} when the function returns anything but {@code CKR_OK}. Native memory is
 * wiped after each.
 */
public final class Session {
    private static final int FIND_BATCH = 16;
    private static final int MAX_MECHANISMS = 2_048;
    private static final long UNAVAILABLE = -1;

    private final Cryptoki functions;
    private final CkLayout layout;
    private final long handle;
    private final Generation generation;
    private final NativeArena arena = new NativeArena();

    Session(Cryptoki functions, long handle, Generation generation) {
        this.functions = functions;
        this.layout = functions.layout();
        this.handle = handle;
        this.generation = generation;
    }

    long handle() {
        return handle;
    }

    /** Returns the generation of the library that the session and all handles of objects belong to. */
    public Generation generation() {
        return generation;
    }

    /** Returns the handles of all objects that have these attributes. */
    public List<Long> find(Template template) {
        try {
            CkException.check(
                    "C_FindObjectsInit",
                    functions.findObjectsInit(handle, template.writeTo(arena, layout), template.size()));
            List<Long> found = new ArrayList<>();
            NativeArena.Area batch = arena.reserve(FIND_BATCH * layout.ulongBytes());
            NativeArena.Area count = arena.reserve(layout.ulongBytes());
            long n;
            do {
                CkException.check(
                        "C_FindObjects", functions.findObjects(handle, batch.address(), FIND_BATCH, count.address()));
                n = Math.min(count.ulong(layout), FIND_BATCH);
                byte[] handles = batch.read(FIND_BATCH * layout.ulongBytes());
                for (int i = 0; i < n; i++) {
                    found.add(layout.readUlong(handles, i * layout.ulongBytes()));
                }
            } while (n > 0);
            CkException.check("C_FindObjectsFinal", functions.findObjectsFinal(handle));
            return found;
        } finally {
            arena.wipe();
        }
    }

    /** Returns the value of an attribute of at most {@code maxBytes}. */
    public byte[] attribute(long object, long type, int maxBytes) {
        try {
            NativeArena.Area value = arena.reserve(maxBytes);
            NativeArena.Area attribute = arena.put(layout.writer()
                    .ulong(type)
                    .pointer(value.address())
                    .ulong(maxBytes)
                    .toBytes());
            CkException.check(
                    "C_GetAttributeValue", functions.getAttributeValue(handle, object, attribute.address(), 1));
            int size = 2 * layout.ulongBytes() + CkLayout.POINTER_BYTES;
            long length = layout.readUlong(attribute.read(size), size - layout.ulongBytes());
            if (length == UNAVAILABLE || length < 0 || length > maxBytes) {
                throw new CkException("C_GetAttributeValue", Ckr.ATTRIBUTE_TYPE_INVALID);
            }
            return value.read((int) length);
        } finally {
            arena.wipe();
        }
    }

    /** Returns a {@code CK_BBOOL} attribute. */
    public boolean flag(long object, long type) {
        byte[] value = attribute(object, type, 1);
        return value.length == 1 && value[0] != 0;
    }

    /** Makes a secret key and returns its handle. */
    public long generateKey(Mechanism mechanism, Template template) {
        try {
            NativeArena.Area key = arena.reserve(layout.ulongBytes());
            CkException.check(
                    "C_GenerateKey",
                    functions.generateKey(
                            handle,
                            mechanism.writeTo(arena, layout),
                            template.writeTo(arena, layout),
                            template.size(),
                            key.address()));
            return key.ulong(layout);
        } finally {
            arena.wipe();
        }
    }

    /** Makes a key pair and returns the handle of the private key. */
    public long generateKeyPair(Mechanism mechanism, Template publicTemplate, Template privateTemplate) {
        try {
            NativeArena.Area publicKey = arena.reserve(layout.ulongBytes());
            NativeArena.Area privateKey = arena.reserve(layout.ulongBytes());
            CkException.check(
                    "C_GenerateKeyPair",
                    functions.generateKeyPair(
                            handle,
                            mechanism.writeTo(arena, layout),
                            publicTemplate.writeTo(arena, layout),
                            publicTemplate.size(),
                            privateTemplate.writeTo(arena, layout),
                            privateTemplate.size(),
                            publicKey.address(),
                            privateKey.address()));
            return privateKey.ulong(layout);
        } finally {
            arena.wipe();
        }
    }

    /** Makes an object and returns its handle. */
    public long createObject(Template template) {
        try {
            NativeArena.Area object = arena.reserve(layout.ulongBytes());
            CkException.check(
                    "C_CreateObject",
                    functions.createObject(handle, template.writeTo(arena, layout), template.size(), object.address()));
            return object.ulong(layout);
        } finally {
            arena.wipe();
        }
    }

    /** Destroys an object. */
    public void destroyObject(long object) {
        CkException.check("C_DestroyObject", functions.destroyObject(handle, object));
    }

    /** Encrypts in one step. */
    public byte[] encrypt(Mechanism mechanism, long key, byte[] plaintext, int maxBytes) {
        try {
            CkException.check("C_EncryptInit", functions.encryptInit(handle, mechanism.writeTo(arena, layout), key));
            Output out = new Output(maxBytes);
            CkException.check(
                    "C_Encrypt",
                    functions.encrypt(
                            handle,
                            arena.put(plaintext).address(),
                            plaintext.length,
                            out.bytes.address(),
                            out.length.address()));
            return out.read();
        } finally {
            arena.wipe();
        }
    }

    /** Decrypts in one step. */
    public byte[] decrypt(Mechanism mechanism, long key, byte[] ciphertext, int maxBytes) {
        try {
            CkException.check("C_DecryptInit", functions.decryptInit(handle, mechanism.writeTo(arena, layout), key));
            Output out = new Output(maxBytes);
            CkException.check(
                    "C_Decrypt",
                    functions.decrypt(
                            handle,
                            arena.put(ciphertext).address(),
                            ciphertext.length,
                            out.bytes.address(),
                            out.length.address()));
            return out.read();
        } finally {
            arena.wipe();
        }
    }

    /** Signs in one step. */
    public byte[] sign(Mechanism mechanism, long key, byte[] data, int maxBytes) {
        try {
            CkException.check("C_SignInit", functions.signInit(handle, mechanism.writeTo(arena, layout), key));
            Output out = new Output(maxBytes);
            CkException.check(
                    "C_Sign",
                    functions.sign(
                            handle, arena.put(data).address(), data.length, out.bytes.address(), out.length.address()));
            return out.read();
        } finally {
            arena.wipe();
        }
    }

    /** Returns the mechanisms of the token. */
    public Set<Long> mechanisms() {
        try {
            NativeArena.Area list = arena.reserve(MAX_MECHANISMS * layout.ulongBytes());
            NativeArena.Area count = arena.put(layout.ulongValue(MAX_MECHANISMS));
            CkException.check(
                    "C_GetMechanismList",
                    functions.getMechanismList(generation.slot(), list.address(), count.address()));
            long n = Math.min(count.ulong(layout), MAX_MECHANISMS);
            byte[] bytes = list.read(MAX_MECHANISMS * layout.ulongBytes());
            Set<Long> found = new HashSet<>();
            for (int i = 0; i < n; i++) {
                found.add(layout.readUlong(bytes, i * layout.ulongBytes()));
            }
            return found;
        } finally {
            arena.wipe();
        }
    }

    /** Returns random bytes. */
    public byte[] random(int bytes) {
        try {
            NativeArena.Area out = arena.reserve(bytes);
            CkException.check("C_GenerateRandom", functions.generateRandom(handle, out.address(), bytes));
            return out.read(bytes);
        } finally {
            arena.wipe();
        }
    }

    /** Memory for a result, and its length before and after the call. */
    private final class Output {
        private final NativeArena.Area bytes;
        private final NativeArena.Area length;
        private final int maxBytes;

        Output(int maxBytes) {
            this.maxBytes = maxBytes;
            this.bytes = arena.reserve(Math.max(maxBytes, 1));
            this.length = arena.put(layout.ulongValue(maxBytes));
        }

        byte[] read() {
            long written = length.ulong(layout);
            if (written < 0 || written > maxBytes) {
                throw new IllegalStateException(
                        "the library returned " + written + " bytes; there is room for " + maxBytes);
            }
            return bytes.read((int) written);
        }
    }
}
