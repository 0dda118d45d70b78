package io.keycask.kms.core.internal.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. An IPv4 address
 * that is written as an IPv6 one (RFC 4291 §2.5.5.2) is an IPv4 address.
 */
final class AddressRange {
    private static final int BYTE_BITS = 8;
    private static final int MAPPED_BITS = 96;
    private static final int MAX_TEXT_LENGTH = 45;
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

    private final byte[] start;
    private final int bits;

    private AddressRange(byte[] start, int bits) {
        this.start = start;
        this.bits = bits;
    }

    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String written = slash < 0 ? text : text.substring(0, slash);
        byte[] start = address(written);
        if (start == null) {
            throw new IllegalArgumentException("expected an address or a range like 10.0.0.0/8 or 2001:db8::/32");
        }
        int allBits = start.length * BYTE_BITS;
        if (slash < 0) {
            return new AddressRange(start, allBits);
        }
        String length = text.substring(slash + 1);
        boolean isMapped = start.length == 4 && written.indexOf(':') >= 0;
        int bits = BITS.matcher(length).matches() ? Integer.parseInt(length) - (isMapped ? MAPPED_BITS : 0) : -1;
        if (bits < 0 || bits > allBits) {
            throw new IllegalArgumentException("the length of the range does not fit the address");
        }
        return new AddressRange(start, bits);
    }

    /** Returns the bytes of an address in digits, or null if it is none; no name server is asked. */
    static byte @Nullable [] address(String text) {
        if (text.length() > MAX_TEXT_LENGTH) {
            return null;
        }
        if (IPV4.matcher(text).matches()) {
            return ipv4(text);
        }
        if (!IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress(); // with a colon it is never a name
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static byte @Nullable [] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] address = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 0xff) {
                return null;
            }
            address[i] = (byte) part;
        }
        return address;
    }

    boolean contains(byte[] address) {
        if (address.length != start.length) {
            return false;
        }
        int whole = bits / BYTE_BITS;
        for (int i = 0; i < whole; i++) {
            if (address[i] != start[i]) {
                return false;
            }
        }
        int rest = bits % BYTE_BITS;
        return rest == 0 || ((address[whole] ^ start[whole]) & (0xff00 >> rest) & 0xff) == 0;
    }
}
