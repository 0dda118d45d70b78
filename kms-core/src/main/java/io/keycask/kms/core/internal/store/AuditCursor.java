package io.keycask.kms.core.internal.store;

import io.keycask.kms.AuditQuery;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.core.internal.audit.AuditEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * The event that a page of a search ended with. As text it is opaque, and accepted only with the query that it was made
 * for: it ends with a MAC over its position and the conditions and the order of the query.
 */
record AuditCursor(long time, UUID chain, long sequence) {
    private static final byte FORMAT = 1;
    private static final int MAC_BYTES = 16;
    private static final int POSITION_BYTES = 1 + 4 * Long.BYTES;

    static AuditCursor of(AuditEntry entry) {
        return new AuditCursor(entry.timeMillis(), entry.chain(), entry.sequence());
    }

    String toText(RowMacs macs, AuditQuery query) {
        byte[] bytes = new byte[POSITION_BYTES + MAC_BYTES];
        ByteBuffer.wrap(bytes)
                .put(FORMAT)
                .putLong(time)
                .putLong(chain.getMostSignificantBits())
                .putLong(chain.getLeastSignificantBits())
                .putLong(sequence)
                .put(mac(macs, query), 0, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the cursor of this text, or refuses it. */
    static AuditCursor parse(String text, RowMacs macs, AuditQuery query) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        if (bytes.length != POSITION_BYTES + MAC_BYTES || bytes[0] != FORMAT) {
            throw refused();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        AuditCursor cursor =
                new AuditCursor(buffer.getLong(), new UUID(buffer.getLong(), buffer.getLong()), buffer.getLong());
        // comparing the text covers the MAC and refuses a second spelling of the same bytes
        String expected = cursor.toText(macs, query);
        if (!MessageDigest.isEqual(ascii(expected), ascii(text))) {
            throw refused();
        }
        return cursor;
    }

    private byte[] mac(RowMacs macs, AuditQuery query) {
        MacInput input = macs.input(RowMacs.AUDIT_CURSOR)
                .number(time)
                .number(chain.getMostSignificantBits())
                .number(chain.getLeastSignificantBits())
                .number(sequence)
                .number(query.isOldestFirst() ? 1 : 0)
                .text(query.isWrite().map(String::valueOf).orElse(""))
                .text(query.from().map(Instant::toString).orElse(""))
                .text(query.to().map(Instant::toString).orElse(""));
        query.conditions().forEach((field, value) -> input.text(field.name()).text(value));
        return macs.of(RowMacs.AUDIT_CURSOR, input);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static InvalidRequestException refused() {
        return new InvalidRequestException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "not the end of a page of this query: expected what next() returned");
    }
}
