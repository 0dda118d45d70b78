package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Name–value pairs that are authenticated together with encrypted data, and not secret.
 *
 * <p>Decryption succeeds only with the same set of pairs; their order does not matter, and an empty context equals an
 * absent one. Say in it what the data belongs to (tenant, table, row), so that a ciphertext that is moved elsewhere is
 * refused there. The pairs stand in the clear in envelope messages and in policies, so put no secret into them.
 *
 * <p>Names and values are 1 or more characters of Unicode text without unpaired surrogates; names that begin with
 * {@code aws-crypto-} are reserved by the message format. {@link #toBytes() Serialized}, a context has at most {@value
 * #MAX_BYTES} bytes. Immutable.
 */
public final class EncryptionContext {
    /*
     * The serialization is that of the AWS Encryption SDK message format ("AAD: key-value pairs"): a 16-bit count, then
     * per pair a 16-bit length and the UTF-8 bytes of the name, and the same of the value; pairs ascend by the unsigned
     * bytes of their names; all numbers are big-endian. Zero pairs are zero bytes.
     */

    /** The longest serialized context. */
    public static final int MAX_BYTES = 8_192;

    private static final String RESERVED_PREFIX = "aws-crypto-";
    private static final Comparator<byte[]> UNSIGNED = Arrays::compareUnsigned;
    private static final EncryptionContext EMPTY = new EncryptionContext(Map.of(), new byte[0]);

    private final Map<String, String> pairs;
    private final byte[] serialized;

    private EncryptionContext(Map<String, String> pairs, byte[] serialized) {
        this.pairs = pairs;
        this.serialized = serialized;
    }

    /** Returns the context without a pair. */
    public static EncryptionContext empty() {
        return EMPTY;
    }

    /**
     * Returns the context of one pair.
     *
     * @throws InvalidRequestException if the pair does not follow the rules of this class
     */
    public static EncryptionContext of(String name, String value) {
        return EMPTY.with(name, value);
    }

    /**
     * Returns the context of two pairs.
     *
     * @throws InvalidRequestException if a pair does not follow the rules of this class, or both have one name
     */
    public static EncryptionContext of(String name1, String value1, String name2, String value2) {
        return of(name1, value1).with(name2, value2);
    }

    /**
     * Returns the context of these pairs.
     *
     * @throws InvalidRequestException if a pair does not follow the rules of this class
     */
    public static EncryptionContext copyOf(Map<String, String> pairs) {
        pairs.keySet().forEach(EncryptionContext::requireNotReserved);
        return serialize(pairs);
    }

    /**
     * Returns this context with one more pair.
     *
     * @throws InvalidRequestException if the pair does not follow the rules of this class, or the name is taken
     */
    public EncryptionContext with(String name, String value) {
        requireNotReserved(name);
        Map<String, String> more = new LinkedHashMap<>(pairs);
        if (more.put(name, value) != null) {
            throw invalid("a name stands twice");
        }
        return serialize(more);
    }

    /**
     * Returns the context that {@link #toBytes()} made these bytes of.
     *
     * <p>Names that are reserved are accepted here, because messages of other programs hold them.
     *
     * @throws InvalidRequestException if the bytes are not exactly what {@code toBytes} returns for some context
     */
    public static EncryptionContext parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw invalid(bytes.length + " bytes; limit is " + MAX_BYTES);
        }
        if (bytes.length == 0) {
            return EMPTY;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Map<String, String> pairs = new LinkedHashMap<>();
        int count = readLength(in);
        for (int i = 0; i < count; i++) {
            String name = readText(in);
            if (pairs.put(name, readText(in)) != null) {
                throw invalid("a name stands twice");
            }
        }
        EncryptionContext context = serialize(pairs);
        if (!Arrays.equals(context.serialized, bytes)) {
            throw invalid("bytes are not in canonical form");
        }
        return context;
    }

    private static EncryptionContext serialize(Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            return EMPTY;
        }
        TreeMap<byte[], byte[]> sorted = new TreeMap<>(UNSIGNED);
        Map<String, String> ordered = new LinkedHashMap<>();
        long size = Short.BYTES;
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            byte[] name = utf8(pair.getKey(), "name");
            byte[] value = utf8(pair.getValue(), "value");
            size += 2L * Short.BYTES + name.length + value.length;
            if (size > MAX_BYTES) {
                throw invalid("more than " + MAX_BYTES + " bytes");
            }
            sorted.put(name, value);
        }
        ByteBuffer out = ByteBuffer.allocate((int) size).putShort((short) sorted.size());
        sorted.forEach((name, value) -> {
            out.putShort((short) name.length).put(name);
            out.putShort((short) value.length).put(value);
            ordered.put(new String(name, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8));
        });
        return new EncryptionContext(Collections.unmodifiableMap(ordered), out.array());
    }

    private static byte[] utf8(String text, String what) {
        requireNonNull(text, what);
        if (text.isEmpty()) {
            throw invalid("a " + what + " is empty");
        }
        if (text.length() > MAX_BYTES) {
            throw invalid("more than " + MAX_BYTES + " bytes");
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw invalid("a " + what + " has an unpaired surrogate");
        }
    }

    private static int readLength(ByteBuffer in) {
        if (in.remaining() < Short.BYTES) {
            throw invalid("bytes are cut off");
        }
        return Short.toUnsignedInt(in.getShort());
    }

    private static String readText(ByteBuffer in) {
        int length = readLength(in);
        if (in.remaining() < length) {
            throw invalid("bytes are cut off");
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(part)
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("bytes are not UTF-8");
        }
    }

    private static void requireNotReserved(String name) {
        if (requireNonNull(name, "name").startsWith(RESERVED_PREFIX)) {
            throw invalid("names that begin with " + RESERVED_PREFIX + " are reserved");
        }
    }

    private static InvalidRequestException invalid(String what) {
        return new InvalidRequestException(ErrorCode.INVALID_PARAMETER, "encryption context: " + what);
    }

    /** Returns the pairs, ascending by the unsigned UTF-8 bytes of their names. */
    public Map<String, String> pairs() {
        return pairs;
    }

    /** Returns whether there is no pair. */
    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /**
     * Returns the canonical serialization: equal contexts, and only they, have equal bytes. An empty context has none.
     */
    public byte[] toBytes() {
        return serialized.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptionContext that && Arrays.equals(serialized, that.serialized);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(serialized);
    }

    /** Returns the pairs as text, for people. */
    @Override
    public String toString() {
        return "EncryptionContext" + pairs;
    }
}
