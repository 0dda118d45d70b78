package io.keycask.kms.pkcs11.binding;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.SymbolProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads PKCS#11 libraries through JNA.
 *
 * <p>Many libraries export nothing but {@code C_GetFunctionList}, so every function is bound to the address in that list.
 * JNA's direct mapping costs least, and binds one class to one library: so each library gets a hidden copy of {@link
 * JnaFunctions}. A library is never unloaded: JNA would do that when the {@code NativeLibrary} is collected, below calls
 * that still go to it.
 */
public final class JnaBinding {
    private static final int VERSION_BYTES = 2;
    private static final String FUNCTION_LIST = "C_GetFunctionList";

    /** The functions that are used, with their places in CK_FUNCTION_LIST (PKCS #11 v2.40 §3.6). */
    private static final Map<String, Integer> PLACES = Map.ofEntries(
            Map.entry("C_Initialize", 0),
            Map.entry("C_Finalize", 1),
            Map.entry("C_GetSlotList", 4),
            Map.entry("C_GetTokenInfo", 6),
            Map.entry("C_GetMechanismList", 7),
            Map.entry("C_OpenSession", 12),
            Map.entry("C_CloseSession", 13),
            Map.entry("C_CloseAllSessions", 14),
            Map.entry("C_GetSessionInfo", 15),
            Map.entry("C_Login", 18),
            Map.entry("C_CreateObject", 20),
            Map.entry("C_DestroyObject", 22),
            Map.entry("C_GetAttributeValue", 24),
            Map.entry("C_FindObjectsInit", 26),
            Map.entry("C_FindObjects", 27),
            Map.entry("C_FindObjectsFinal", 28),
            Map.entry("C_EncryptInit", 29),
            Map.entry("C_Encrypt", 30),
            Map.entry("C_DecryptInit", 33),
            Map.entry("C_Decrypt", 34),
            Map.entry("C_SignInit", 42),
            Map.entry("C_Sign", 43),
            Map.entry("C_GenerateKey", 58),
            Map.entry("C_GenerateKeyPair", 59),
            Map.entry("C_WrapKey", 60),
            Map.entry("C_UnwrapKey", 61),
            Map.entry("C_GenerateRandom", 64));

    private JnaBinding() {}

    /** A library that is loaded; the strong references keep it loaded. */
    private record Loaded(Cryptoki functions, List<NativeLibrary> libraries) {}

    private static final Map<Path, Loaded> LOADED = new HashMap<>();

    /**
     * Returns the functions of the library in this file; always the same ones for one file.
     *
     * @throws UnsatisfiedLinkError if it cannot be loaded, or is no PKCS#11 library
     */
    public static Cryptoki load(Path library) {
        synchronized (LOADED) {
            return LOADED.computeIfAbsent(library, JnaBinding::bind).functions();
        }
    }

    private static Loaded bind(Path library) {
        CkLayout layout = CkLayout.ofThisPlatform();
        NativeLibrary plain = NativeLibrary.getInstance(library.toString());
        Pointer list = functionList(plain);
        int start = layout.isPacked() ? VERSION_BYTES : CkLayout.POINTER_BYTES;
        SymbolProvider addresses = (handle, name, parent) -> {
            Integer place = PLACES.get(name);
            if (place == null) {
                throw new UnsatisfiedLinkError("no PKCS#11 function " + name);
            }
            return Pointer.nativeValue(list.getPointer(start + (long) CkLayout.POINTER_BYTES * place));
        };
        NativeLibrary bound =
                NativeLibrary.getInstance(library.toString(), Map.of(Library.OPTION_SYMBOL_PROVIDER, addresses));
        return new Loaded(functions(layout, bound), List.of(plain, bound));
    }

    private static Pointer functionList(NativeLibrary library) {
        Memory address = new Memory(CkLayout.POINTER_BYTES);
        long rv = library.getFunction(FUNCTION_LIST).invokeLong(new Object[] {address});
        if ((int) rv != 0) {
            throw new UnsatisfiedLinkError(FUNCTION_LIST + " failed with 0x" + Integer.toHexString((int) rv));
        }
        return address.getPointer(0);
    }

    private static Cryptoki functions(CkLayout layout, NativeLibrary library) {
        try (InputStream code = JnaBinding.class.getResourceAsStream("JnaFunctions.class")) {
            if (code == null) {
                throw new IllegalStateException("the class JnaFunctions is missing");
            }
            MethodHandles.Lookup copy = MethodHandles.lookup().defineHiddenClass(code.readAllBytes(), false);
            Native.register(copy.lookupClass(), library);
            return (Cryptoki)
                    copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class, CkLayout.class))
                            .invoke(layout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the functions of PKCS#11 cannot be bound", e);
        }
    }
}
