package io.keycask.kms.core.internal.access;

import io.keycask.kms.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One question to access control.
 *
 * @param caller who asks
 * @param action what for
 * @param target what it is about
 * @param requestTags the tags that the request wants to set, in the form of conditions
 * @param time when it asks
 * @param given values for keys of conditions that count instead of what caller and target say
 */
public record AccessRequest(
        Caller caller,
        Action action,
        Target target,
        List<RequestValue> requestTags,
        Instant time,
        Map<String, List<RequestValue>> given) {
    /** The key of conditions for the time of the request, ISO 8601 in UTC. */
    static final String CURRENT_TIME = "qcs:current_time";

    /** The key of conditions for the address of the caller. */
    static final String ADDRESS = "qcs:ip";

    /** The key of conditions for the tags of the key that the request is about. */
    static final String RESOURCE_TAG = "qcs:resource_tag";

    /** The key of conditions for the tags that the request wants to set. */
    static final String REQUEST_TAG = "qcs:request_tag";

    /** A request that wants to set these tags. */
    public static AccessRequest of(
            Caller caller, Action action, Target target, Map<String, String> requestTags, Instant time) {
        return new AccessRequest(caller, action, target, Target.tags(requestTags), time, Map.of());
    }

    /** Returns this request with values for keys of conditions that count instead of its own. */
    public AccessRequest with(Map<String, List<String>> values) {
        Map<String, List<RequestValue>> more = values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().map(RequestValue::of).toList()));
        return new AccessRequest(caller, action, target, requestTags, time, more);
    }
}
