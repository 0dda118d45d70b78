package io.keycask.kms.core.internal.access;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One value that a request has for a key of conditions, read as whatever type an operator wants. Immutable. */
public final class RequestValue {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private final Object value;

    private RequestValue(Object value) {
        this.value = value;
    }

    static RequestValue of(String text) {
        return new RequestValue(text);
    }

    static RequestValue of(Instant time) {
        return new RequestValue(time);
    }

    static RequestValue of(InetAddress address) {
        return new RequestValue(address);
    }

    String text() {
        return value instanceof InetAddress address ? address.getHostAddress() : value.toString();
    }

    /** Returns the bytes of the address, or null if it is none. */
    byte @Nullable [] address() {
        return value instanceof InetAddress address ? address.getAddress() : AddressRange.address(text());
    }

    /** Returns the point in time, or null if it is none. */
    @Nullable
    Instant time() {
        return value instanceof Instant time ? time : time(text());
    }

    /** Returns the number, or null if it is none. */
    @Nullable
    BigDecimal number() {
        return number(text());
    }

    static @Nullable BigDecimal number(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
