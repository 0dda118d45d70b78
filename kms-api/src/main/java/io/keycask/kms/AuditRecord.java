package io.keycask.kms;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One event of the audit trail: who did what with which key, when, from where, and with what outcome. Immutable.
 *
 * <p>It holds no secret, no payload and no digest of one: sizes only. What Keycask cannot know in process (a user agent,
 * an HTTP method) is not there.
 */
public interface AuditRecord {
    /** Returns the id of the event. */
    UUID id();

    /** Returns when the operation ended, in whole milliseconds. */
    Instant time();

    /** Returns the event name, for example {@code Encrypt}. */
    String name();

    /** Returns the service that recorded it: {@code kms}. */
    String source();

    /** Returns the region that was configured; empty in events of the first release. */
    String region();

    /** Returns whether the operation changes something: the action type Write, else Read. */
    boolean isWrite();

    /** Returns the user name: {@code root}, a sub-account, or {@code system:} and the work. */
    String userName();

    /** Returns what the user is. */
    Caller.Kind userType();

    /** Returns the identifier of the access key that the caller authenticated with, if the application gave one. */
    Optional<String> accessKey();

    /** Returns the address that the request came from, if the application gave one. */
    Optional<String> sourceAddress();

    /**
     * Returns the id of the request: the application's, or one that Keycask drew for the call; absent in events of the
     * first release and of the store itself.
     */
    Optional<String> requestId();

    /** Returns the type of the resource, {@code key} for keys; absent if the operation names none. */
    Optional<String> resourceType();

    /** Returns the name of the resource, the id of a key for keys; absent if the operation names none. */
    Optional<String> resourceName();

    /** Returns the error code; absent if the operation succeeded. */
    Optional<String> errorCode();

    /** Returns what else is known: sizes, versions, states. */
    Map<String, String> details();

    /** Returns the chain that the event is a link of. */
    UUID chain();

    /** Returns the place of the event in its chain; the first has 1. */
    long sequence();

    /** Returns the canonical form of the event, one line of JSON: the text that the chain is made over. */
    String json();
}
