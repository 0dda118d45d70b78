package io.keycask.kms.core.internal.store;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.OwnerRole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;

/**
 * The key that a page of a list ended with. As text it is opaque, and accepted only with the query that it was made
 * for: it ends with a MAC over its position and the conditions and the order of the query.
 */
record Cursor(long created, UUID id) {
    private static final byte FORMAT = 1;
    private static final int MAC_BYTES = 16;
    private static final int POSITION_BYTES = 1 + 3 * Long.BYTES;

    String toText(RowMacs macs, KeyQuery query) {
        byte[] bytes = new byte[POSITION_BYTES + MAC_BYTES];
        ByteBuffer.wrap(bytes)
                .put(FORMAT)
                .putLong(created)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(mac(macs, query), 0, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the cursor of this text, or refuses it. */
    static Cursor parse(String text, RowMacs macs, KeyQuery query) {
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
        Cursor cursor = new Cursor(buffer.getLong(), new UUID(buffer.getLong(), buffer.getLong()));
        // comparing the text covers the MAC and refuses a second spelling of the same bytes
        String expected = cursor.toText(macs, query);
        if (!MessageDigest.isEqual(ascii(expected), ascii(text))) {
            throw refused();
        }
        return cursor;
    }

    private byte[] mac(RowMacs macs, KeyQuery query) {
        MacInput input = macs.input(RowMacs.CURSOR)
                .number(created)
                .number(id.getMostSignificantBits())
                .number(id.getLeastSignificantBits())
                .number(query.isOldestFirst() ? 1 : 0)
                .text(query.text())
                .text(query.usage().map(KeyUsage::value).orElse(""))
                .text(query.origin().map(KeyOrigin::value).orElse(""))
                .number(query.states().size());
        query.states().stream().sorted().forEach(state -> input.text(state.value()));
        query.tags().forEach((name, value) -> input.text(name).text(value));
        query.owner().ifPresent(role -> input.text("owner").number(role == OwnerRole.USER ? 0 : 1));
        return macs.of(RowMacs.CURSOR, input);
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
