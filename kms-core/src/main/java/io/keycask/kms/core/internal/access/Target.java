package io.keycask.kms.core.internal.access;

import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one request is about. Immutable.
 *
 * <p>A key that does not exist has unknown parts. What is decided about it has to hold for every key that it could be:
 * otherwise the answer would tell who asks whether it exists.
 *
 * @param scope what the request is about
 * @param creator who the key belongs to; null if that is not known
 * @param keyId the key; null if that is not known
 * @param tags the key's tags in the form of conditions, {@code name&value}; null if they are not known
 */
public record Target(
        Action.Scope scope,
        @Nullable String creator,
        @Nullable String keyId,
        @Nullable List<RequestValue> tags) {
    private static final Target ALL_KEYS = new Target(Action.Scope.ALL_KEYS, null, null, List.of());
    private static final Target ACCESS = new Target(Action.Scope.ACCESS, null, null, List.of());

    /** Returns the target of an action that is not about one key. */
    public static Target whole(Action.Scope scope) {
        return scope == Action.Scope.ACCESS ? ACCESS : ALL_KEYS;
    }

    /** Returns a key with what is known about it now. */
    public static Target key(KeyMetadata key) {
        return new Target(Action.Scope.KEY, key.owner(), key.id().toString(), tags(key.tags()));
    }

    /** Returns a key of which the id at most is known. */
    public static Target unknownKey(Optional<KeyId> id) {
        return new Target(Action.Scope.KEY, null, id.map(KeyId::toString).orElse(null), null);
    }

    /**
     * Returns the keys that a resource of six segments means, without tags if it is one key.
     *
     * @throws IllegalArgumentException if the resource has another form, or is not one of this service
     */
    public static Target parse(String resource, String region) {
        ResourcePattern pattern = ResourcePattern.parse(resource, region);
        if (!pattern.isHere()) {
            throw new IllegalArgumentException("expected the region and the account of this service");
        }
        return new Target(
                Action.Scope.KEY, pattern.creator(), pattern.keyId(), pattern.keyId() == null ? null : List.of());
    }

    /**
     * Returns tags in the form of conditions. A name with {@code &} could be taken for another tag, so conditions do not
     * see it.
     */
    static List<RequestValue> tags(Map<String, String> tags) {
        if (tags.isEmpty()) {
            return List.of();
        }
        List<RequestValue> values = new ArrayList<>(tags.size());
        tags.forEach((name, value) -> {
            if (name.indexOf('&') < 0) {
                values.add(RequestValue.of(name + '&' + value));
            }
        });
        return List.copyOf(values);
    }
}
