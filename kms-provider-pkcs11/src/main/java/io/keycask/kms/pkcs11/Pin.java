package io.keycask.kms.pkcs11;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where the PIN of a token comes from. It is read at each login and wiped after it, never kept, and never in a message.
 *
 * <p>Immutable and thread-safe, if the callback is.
 */
public final class Pin {
    private static final int MAX_BYTES = 1_024;
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final String origin;
    private final Supplier<SecretBytes> source;

    private Pin(String origin, Supplier<SecretBytes> source) {
        this.origin = origin;
        this.source = source;
    }

    /** Returns the PIN that stands in this environment variable. An environment can be seen by more than one thinks. */
    public static Pin env(String variable) {
        requireNonNull(variable, "variable");
        return new Pin("env:" + variable, () -> {
            String value = System.getenv(variable);
            if (value == null || value.isEmpty()) {
                throw ProviderException.permanent("the environment variable " + variable + " has no PIN", null);
            }
            return SecretBytes.takeFrom(value.getBytes(StandardCharsets.UTF_8));
        });
    }

    /**
     * Returns the PIN that is the first line of this file, which nobody but its owner may have a right to (mode 0600), at
     * most 1,024 bytes.
     */
    public static Pin file(Path file) {
        requireNonNull(file, "file");
        return new Pin("file:" + file, () -> read(file));
    }

    /**
     * Returns the PIN that the callback gives at each login.
     *
     * @param callback returns an array that becomes the provider's, which wipes it
     */
    public static Pin callback(Supplier<char[]> callback) {
        requireNonNull(callback, "callback");
        return new Pin("callback", () -> encode(requireNonNull(callback.get(), "the PIN of the callback")));
    }

    private static SecretBytes encode(char[] pin) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(pin));
        byte[] bytes = new byte[utf8.remaining()];
        utf8.get(bytes);
        utf8.clear();
        utf8.put(new byte[utf8.capacity()]);
        Arrays.fill(pin, '\0');
        return SecretBytes.takeFrom(bytes);
    }

    private static SecretBytes read(Path file) {
        byte[] bytes = new byte[0];
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                throw ProviderException.permanent(
                        "the PIN file " + file + " can be used by others; expected mode 0600", null);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw ProviderException.permanent("the PIN file " + file + " is longer than " + MAX_BYTES, null);
            }
            bytes = Files.readAllBytes(file);
            int end = 0;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            if (end == 0) {
                throw ProviderException.permanent("the PIN file " + file + " begins with an empty line", null);
            }
            return SecretBytes.takeFrom(Arrays.copyOf(bytes, end));
        } catch (IOException e) {
            throw ProviderException.permanent("the PIN file " + file + " cannot be read", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Returns the PIN, which the caller has to close. */
    SecretBytes get() {
        return source.get();
    }

    @Override
    public String toString() {
        return "Pin[" + origin + "]";
    }
}
