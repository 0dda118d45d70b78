package io.keycask.kms.pkcs11.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attributes of an object: a {@code CK_ATTRIBUTE} array in the making. Immutable. */
public final class Template {
    private static final Template EMPTY = new Template(Map.of());

    private final Map<Long, Value> values;

    private Template(Map<Long, Value> values) {
        this.values = values;
    }

    private interface Value {
        byte[] bytes(CkLayout layout);
    }

    /** Returns a template without attributes. */
    public static Template empty() {
        return EMPTY;
    }

    /** Returns this template with a {@code CK_BBOOL}. */
    public Template with(long type, boolean value) {
        byte[] bytes = {(byte) (value ? 1 : 0)};
        return with(type, layout -> bytes);
    }

    /** Returns this template with a {@code CK_ULONG}. */
    public Template with(long type, long value) {
        return with(type, layout -> layout.ulongValue(value));
    }

    /** Returns this template with these bytes, which must not be changed until it was used. */
    public Template with(long type, byte[] value) {
        return with(type, layout -> value);
    }

    /** Returns this template without an attribute. */
    public Template without(long type) {
        Map<Long, Value> fewer = new LinkedHashMap<>(values);
        fewer.remove(type);
        return new Template(Collections.unmodifiableMap(fewer));
    }

    private Template with(long type, Value value) {
        Map<Long, Value> more = new LinkedHashMap<>(values);
        more.put(type, value);
        return new Template(Collections.unmodifiableMap(more));
    }

    /** Returns the number of attributes. */
    public int size() {
        return values.size();
    }

    /** Writes the attributes to native memory and returns the address of the array. */
    public long writeTo(NativeArena arena, CkLayout layout) {
        StructWriter array = layout.writer();
        values.forEach((type, value) -> {
            byte[] bytes = value.bytes(layout);
            array.ulong(type).pointer(arena.put(bytes).address()).ulong(bytes.length);
        });
        return arena.put(array.toBytes()).address();
    }

    @Override
    public String toString() {
        return "Template[" + values.size() + " attributes]";
    }
}
