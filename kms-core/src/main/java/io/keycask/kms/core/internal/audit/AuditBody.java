package io.keycask.kms.core.internal.audit;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of an event: JSON text with the members in the order of their names, without white space
 * ({@code docs/formats.md} §8.1).
 */
public final class AuditBody {
    private static final String WRITE = "Write";
    private static final String READ = "Read";
    private static final String WHAT = "an audit event";
    private static final int TYPICAL_LENGTH = 512;

    private AuditBody() {}

    /** Returns the canonical form. */
    public static String encode(AuditEvent event) {
        return event.format() == 1 ? encodeFormat1(event) : encodeFormat2(event);
    }

    private static String encodeFormat1(AuditEvent event) {
        JsonText json = new JsonText(TYPICAL_LENGTH);
        json.raw("{\"action\":").string(event.isWrite() ? WRITE : READ);
        json.raw(",\"caller\":").string(event.caller());
        json.raw(",\"code\":").string(event.code());
        details(json, event.details());
        json.raw(",\"id\":").string(event.id().toString());
        event.keyId().ifPresent(key -> json.raw(",\"key\":").string(key));
        json.raw(",\"name\":").string(event.name());
        return json.raw(",\"time\":")
                .number(event.time().toEpochMilli())
                .raw(",\"v\":1}")
                .toString();
    }

    private static String encodeFormat2(AuditEvent event) {
        AuditActor actor = event.actor();
        JsonText json = new JsonText(TYPICAL_LENGTH).raw("{");
        actor.accessKey()
                .ifPresent(accessKey ->
                        json.raw("\"accessKey\":").string(accessKey).raw(","));
        json.raw("\"action\":").string(event.isWrite() ? WRITE : READ);
        actor.address().ifPresent(address -> json.raw(",\"address\":").string(address));
        json.raw(",\"caller\":").string(actor.name());
        json.raw(",\"callerType\":").string(type(actor.kind()));
        json.raw(",\"code\":").string(event.code());
        details(json, event.details());
        json.raw(",\"id\":").string(event.id().toString());
        json.raw(",\"name\":").string(event.name());
        json.raw(",\"region\":").string(event.region());
        actor.requestId().ifPresent(request -> json.raw(",\"request\":").string(request));
        AuditResource resource = event.resource();
        if (resource != null) {
            json.raw(",\"resource\":").string(resource.name());
            json.raw(",\"resourceType\":").string(resource.type());
        }
        return json.raw(",\"source\":\"" + AuditEvent.SOURCE + "\",\"time\":")
                .number(event.time().toEpochMilli())
                .raw(",\"v\":2}")
                .toString();
    }

    private static void details(JsonText json, Map<String, String> details) {
        json.raw(",\"details\":{");
        String separator = "";
        for (Map.Entry<String, String> detail : sorted(details).entrySet()) {
            json.raw(separator).string(detail.getKey()).raw(":").string(detail.getValue());
            separator = ",";
        }
        json.raw("}");
    }

    private static Map<String, String> sorted(Map<String, String> details) {
        return details.size() < 2 ? details : new TreeMap<>(details);
    }

    private static String type(Caller.Kind kind) {
        return switch (kind) {
            case ROOT -> "Root";
            case ACCOUNT -> "SubAccount";
            case SYSTEM -> "System";
        };
    }

    /**
     * Returns the event that this body describes.
     *
     * @throws IllegalArgumentException if the body is not exactly what {@link #encode} writes
     */
    public static AuditEvent decode(String body) {
        JsonReader json = new JsonReader(body, WHAT);
        AuditEvent event = body.endsWith(",\"v\":1}") ? decodeFormat1(json) : decodeFormat2(json);
        // AUD-1
        if (!encode(event).equals(body)) {
            throw json.refused();
        }
        return event;
    }

    private static AuditEvent decodeFormat1(JsonReader json) {
        String action = required(json, "{\"action\":");
        String caller = required(json, ",\"caller\":");
        String code = required(json, ",\"code\":");
        Map<String, String> details = details(json);
        UUID id = UUID.fromString(required(json, ",\"id\":"));
        @Nullable
        KeyId key = optional(json, ",\"key\":")
                .map(text -> new KeyId(UUID.fromString(text)))
                .orElse(null);
        String name = required(json, ",\"name\":");
        json.expect(",\"time\":");
        Instant time = Instant.ofEpochMilli(json.number());
        return new AuditEvent(id, time, name, action.equals(WRITE), caller, key, code, details);
    }

    private static AuditEvent decodeFormat2(JsonReader json) {
        json.expect("{");
        Optional<String> accessKey = optional(json, "\"accessKey\":");
        accessKey.ifPresent(any -> json.expect(","));
        boolean isWrite = required(json, "\"action\":").equals(WRITE);
        Optional<String> address = optional(json, ",\"address\":");
        String caller = required(json, ",\"caller\":");
        Caller.Kind kind = kind(required(json, ",\"callerType\":"));
        String code = required(json, ",\"code\":");
        Map<String, String> details = details(json);
        UUID id = UUID.fromString(required(json, ",\"id\":"));
        String name = required(json, ",\"name\":");
        String region = required(json, ",\"region\":");
        Optional<String> request = optional(json, ",\"request\":");
        @Nullable String resource = optional(json, ",\"resource\":").orElse(null);
        @Nullable
        AuditResource about =
                resource == null ? null : new AuditResource(required(json, ",\"resourceType\":"), resource);
        json.expect(",\"source\":\"" + AuditEvent.SOURCE + "\",\"time\":");
        Instant time = Instant.ofEpochMilli(json.number());
        AuditActor actor = new AuditActor(caller, kind, accessKey, address, request);
        return new AuditEvent(2, id, time, name, isWrite, actor, about, region, code, details);
    }

    private static Map<String, String> details(JsonReader json) {
        json.expect(",\"details\":{");
        Map<String, String> details = new TreeMap<>();
        while (!json.isAt("}")) {
            if (!details.isEmpty()) {
                json.expect(",");
            }
            String name = json.string();
            json.expect(":");
            details.put(name, json.string());
        }
        json.expect("}");
        return Map.copyOf(details);
    }

    private static Caller.Kind kind(String type) {
        return switch (type) {
            case "Root" -> Caller.Kind.ROOT;
            case "System" -> Caller.Kind.SYSTEM;
            default -> Caller.Kind.ACCOUNT; // any other spelling is not written again like this
        };
    }

    private static String required(JsonReader json, String start) {
        json.expect(start);
        return json.string();
    }

    private static Optional<String> optional(JsonReader json, String start) {
        return json.skip(start) ? Optional.of(json.string()) : Optional.empty();
    }
}
