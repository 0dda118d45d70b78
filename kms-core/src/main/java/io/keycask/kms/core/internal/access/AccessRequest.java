package io.keycask.kms.core.internal.access;

import io.keycask.kms.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One question to access control.
 *
 * @param caller who asks
 * @param action what for
 * @param target what it is about
 * @param requestTags the tags that the request wants to set, in the form of conditions
 * @param time when it asks
 */
public record AccessRequest(Caller caller, Action action, Target target, List<String> requestTags, Instant time) {
    /** A request that wants to set these tags. */
    public static AccessRequest of(
            Caller caller, Action action, Target target, Map<String, String> requestTags, Instant time) {
        return new AccessRequest(caller, action, target, Target.tags(requestTags), time);
    }
}
