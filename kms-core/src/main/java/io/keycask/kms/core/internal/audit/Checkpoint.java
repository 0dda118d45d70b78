package io.keycask.kms.core.internal.audit;

import io.keycask.kms.AuditCheckpoint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a checkpoint says: how far the registry was, which holds the ends of all chains that have ended, and how far each
 * open chain was ({@code docs/formats.md} §8.4).
 *
 * @param storeId the store
 * @param timeMillis when it was signed
 * @param registry the end of the registry
 * @param open the ends of the chains that were open
 */
public record Checkpoint(UUID storeId, long timeMillis, AuditHead registry, SortedMap<UUID, AuditHead> open) {
    /** The algorithm of the signature. */
    public static final String ALGORITHM = "Ed25519";

    private static final byte[] DOMAIN = "keycask/audit/checkpoint/v1".getBytes(StandardCharsets.US_ASCII);
    private static final String START = "{\"checkpoint\":";
    private static final String MIDDLE = ",\"signature\":\"";
    private static final String END = "\"}";
    private static final int TYPICAL_LENGTH = 512;

    /** Returns an empty map of chains, in the order that a checkpoint has them. */
    public static SortedMap<UUID, AuditHead> noChains() {
        // by text: UUIDs compare as signed numbers
        return new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    }

    /** Signs it. */
    public AuditCheckpoint sign(PrivateKey key) {
        String body = body();
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(DOMAIN);
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            String signed = base64(signature.sign());
            return AuditCheckpoint.parse(START + body + MIDDLE + signed + END);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot sign with " + ALGORITHM, e);
        }
    }

    /**
     * Returns what the checkpoint says, if it was signed with this key.
     *
     * @throws IllegalArgumentException if not
     */
    public static Checkpoint open(AuditCheckpoint checkpoint, PublicKey key) {
        String text = checkpoint.text();
        int end = text.lastIndexOf(MIDDLE);
        String body = text.substring(START.length(), end);
        // CKP-1: nothing is read before the signature was checked
        String signed = text.substring(end + MIDDLE.length(), text.length() - END.length());
        byte[] signature = Base64.getUrlDecoder().decode(signed);
        if (!base64(signature).equals(signed) || !isSigned(body, signature, key)) {
            throw new IllegalArgumentException("the checkpoint was not signed with this key");
        }
        return read(body);
    }

    private static String base64(byte[] signature) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static boolean isSigned(String body, byte[] signature, PublicKey key) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(DOMAIN);
            check.update(body.getBytes(StandardCharsets.UTF_8));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private String body() {
        JsonText json = new JsonText(TYPICAL_LENGTH).raw("{\"chains\":[");
        String separator = "";
        for (Map.Entry<UUID, AuditHead> chain : open.entrySet()) {
            json.raw(separator).raw("{\"chain\":").string(chain.getKey().toString());
            head(json.raw(","), chain.getValue());
            separator = ",";
        }
        head(json.raw("],\"registry\":{"), registry);
        json.raw(",\"store\":").string(storeId.toString());
        return json.raw(",\"time\":").number(timeMillis).raw(",\"v\":1}").toString();
    }

    private static void head(JsonText json, AuditHead head) {
        json.raw("\"hash\":").string(HexFormat.of().formatHex(head.hash()));
        json.raw(",\"sequence\":").number(head.sequence()).raw("}");
    }

    private static Checkpoint read(String body) {
        JsonReader json = new JsonReader(body, "an audit checkpoint");
        json.expect("{\"chains\":[");
        SortedMap<UUID, AuditHead> open = noChains();
        while (!json.isAt("]")) {
            if (!open.isEmpty()) {
                json.expect(",");
            }
            json.expect("{\"chain\":");
            UUID chain = UUID.fromString(json.string());
            json.expect(",");
            open.put(chain, head(json));
        }
        json.expect("],\"registry\":{");
        AuditHead registry = head(json);
        json.expect(",\"store\":");
        UUID storeId = UUID.fromString(json.string());
        json.expect(",\"time\":");
        Checkpoint checkpoint = new Checkpoint(storeId, json.number(), registry, open);
        if (!checkpoint.body().equals(body)) {
            throw json.refused();
        }
        return checkpoint;
    }

    private static AuditHead head(JsonReader json) {
        json.expect("\"hash\":");
        byte[] hash = HexFormat.of().parseHex(json.string());
        json.expect(",\"sequence\":");
        AuditHead head = new AuditHead(json.number(), hash);
        json.expect("}");
        return head;
    }
}
