package io.keycask.kms.core.internal.audit;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** The lines of an export of the audit trail ({@code docs/formats.md} §8.5). */
public final class ExportFormat {
    private static final String WHAT = "a line of an audit export";
    private static final int TYPICAL_LENGTH = 768;

    private ExportFormat() {}

    /** Returns the first line. */
    public static String header(UUID storeId, long timeMillis) {
        return new JsonText(TYPICAL_LENGTH)
                .raw("{\"export\":{\"store\":")
                .string(storeId.toString())
                .raw(",\"time\":")
                .number(timeMillis)
                .raw(",\"v\":1}}")
                .toString();
    }

    /** Returns the line of an event. */
    public static String line(AuditEntry entry) {
        return new JsonText(TYPICAL_LENGTH)
                .raw("{\"chain\":")
                .string(entry.chain().toString())
                .raw(",\"hash\":")
                .string(HexFormat.of().formatHex(entry.hash()))
                .raw(",\"sequence\":")
                .number(entry.sequence())
                .raw(",\"event\":")
                .raw(entry.body())
                .raw("}")
                .toString();
    }

    /**
     * Returns the store of the first line.
     *
     * @throws IllegalArgumentException if it is not such a line
     */
    static UUID store(String line) {
        JsonReader json = new JsonReader(line, WHAT);
        json.expect("{\"export\":{\"store\":");
        UUID store = UUID.fromString(json.string());
        json.expect(",\"time\":");
        if (!header(store, json.number()).equals(line)) {
            throw json.refused();
        }
        return store;
    }

    /**
     * Returns the entry of a line. An event that is not in its canonical form has a time and a key that fit no event.
     *
     * @throws IllegalArgumentException if it is not such a line
     */
    static AuditEntry entry(String line) {
        JsonReader json = new JsonReader(line, WHAT);
        json.expect("{\"chain\":");
        UUID chain = UUID.fromString(json.string());
        json.expect(",\"hash\":");
        byte[] hash = HexFormat.of().parseHex(json.string());
        json.expect(",\"sequence\":");
        long sequence = json.number();
        json.expect(",\"event\":");
        AuditEntry entry = withDerivedColumns(chain, sequence, hash, json.rest(1));
        if (!line(entry).equals(line)) {
            throw json.refused();
        }
        return entry;
    }

    private static AuditEntry withDerivedColumns(UUID chain, long sequence, byte[] hash, String body) {
        try {
            AuditEvent event = AuditBody.decode(body);
            return new AuditEntry(chain, sequence, event.time().toEpochMilli(), event.keyId(), hash, body);
        } catch (IllegalArgumentException e) {
            return new AuditEntry(chain, sequence, Long.MIN_VALUE, Optional.of(""), hash, body);
        }
    }
}
