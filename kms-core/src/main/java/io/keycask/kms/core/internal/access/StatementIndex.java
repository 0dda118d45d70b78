package io.keycask.kms.core.internal.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one effect about one action: those that name single keys by key, so that a thousand keys in a policy
 * cost what one does; the others in a list.
 */
final class StatementIndex {
    private final List<PlacedStatement> all = new ArrayList<>();
    private final List<PlacedStatement> general = new ArrayList<>();
    private final Map<String, List<PlacedStatement>> byKey = new HashMap<>();

    StatementIndex(List<PlacedStatement> statements) {
        for (PlacedStatement placed : statements) {
            all.add(placed);
            List<ResourcePattern> resources = placed.statement().resources();
            if (resources.stream().allMatch(resource -> resource.keyId() != null)) {
                resources.stream()
                        .map(ResourcePattern::keyId)
                        .distinct()
                        .forEach(key -> byKey.computeIfAbsent(String.valueOf(key), k -> new ArrayList<>())
                                .add(placed));
            } else {
                general.add(placed);
            }
        }
    }

    /** Returns the first statement that counts for the request, or null. */
    @Nullable
    PlacedStatement first(AccessRequest request) {
        Target target = request.target();
        if (target.scope() == Action.Scope.KEY && target.keyId() == null) {
            return first(null, all, request);
        }
        PlacedStatement first = first(null, general, request);
        List<PlacedStatement> ofKey = target.keyId() == null ? null : byKey.get(target.keyId());
        return ofKey == null ? first : first(first, ofKey, request);
    }

    private static @Nullable PlacedStatement first(
            @Nullable PlacedStatement earlier, List<PlacedStatement> statements, AccessRequest request) {
        for (PlacedStatement placed : statements) {
            if (earlier != null && earlier.place() < placed.place()) {
                return earlier;
            }
            if (placed.statement().counts(request)) {
                return placed;
            }
        }
        return earlier;
    }
}
