package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which events of the audit trail a search shows, and in what order.
 *
 * <p>Immutable: every method returns a changed copy. All conditions have to hold. A search for a key ({@link #key}) or in
 * a range of time reads no more than it has to; everything else is looked for in every event of the range.
 */
public final class AuditQuery {
    /** The most events on one page. */
    public static final int MAX_LIMIT = 200;

    private static final int DEFAULT_LIMIT = 50;
    private static final String KEY = "key";
    private static final AuditQuery ALL =
            new AuditQuery(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), false, DEFAULT_LIMIT, "");

    private final Map<Field, String> conditions;
    private final Optional<Boolean> writes;
    private final Optional<Instant> from;
    private final Optional<Instant> to;
    private final boolean oldestFirst;
    private final int limit;
    private final String after;

    private AuditQuery(
            Map<Field, String> conditions,
            Optional<Boolean> writes,
            Optional<Instant> from,
            Optional<Instant> to,
            boolean oldestFirst,
            int limit,
            String after) {
        this.conditions = conditions;
        this.writes = writes;
        this.from = from;
        this.to = to;
        this.oldestFirst = oldestFirst;
        this.limit = limit;
        this.after = after;
    }

    /** What a condition is about. */
    public enum Field {
        /** {@link AuditRecord#userName()}. */
        USER_NAME,
        /** {@link AuditRecord#resourceType()}. */
        RESOURCE_TYPE,
        /** {@link AuditRecord#resourceName()}. */
        RESOURCE_NAME,
        /** {@link AuditRecord#source()}. */
        EVENT_SOURCE,
        /** {@link AuditRecord#id()}. */
        EVENT_ID,
        /** {@link AuditRecord#name()}. */
        EVENT_NAME,
        /** {@link AuditRecord#accessKey()}. */
        ACCESS_KEY,
        /** {@link AuditRecord#requestId()}. */
        REQUEST_ID,
        /** Any text of the event, and the names and values of its details. */
        KEYWORD
    }

    /** Returns the query for all events, the newest first, fifty on a page. */
    public static AuditQuery all() {
        return ALL;
    }

    /** Returns this query for events of this user only. */
    public AuditQuery userName(String name) {
        return with(Field.USER_NAME, name);
    }

    /** Returns this query for events about this type of resource only, for example {@code key}. */
    public AuditQuery resourceType(String type) {
        return with(Field.RESOURCE_TYPE, type);
    }

    /** Returns this query for events about the resource of this name only. */
    public AuditQuery resourceName(String name) {
        return with(Field.RESOURCE_NAME, name);
    }

    /** Returns this query for events about this key only. */
    public AuditQuery key(KeyId id) {
        return resourceType(KEY).resourceName(id.toString());
    }

    /** Returns this query for events of this service only. */
    public AuditQuery eventSource(String source) {
        return with(Field.EVENT_SOURCE, source);
    }

    /** Returns this query for the event of this id only. */
    public AuditQuery eventId(UUID id) {
        return with(Field.EVENT_ID, id.toString());
    }

    /** Returns this query for events of this name only, for example {@code Decrypt}. */
    public AuditQuery eventName(String name) {
        return with(Field.EVENT_NAME, name);
    }

    /** Returns this query for events of callers with this access key only. */
    public AuditQuery accessKey(String id) {
        return with(Field.ACCESS_KEY, id);
    }

    /** Returns this query for events of this request only. */
    public AuditQuery requestId(String id) {
        return with(Field.REQUEST_ID, id);
    }

    /** Returns this query for events with this text in any of their texts only; ASCII letters match in either case. */
    public AuditQuery keyword(String part) {
        return with(Field.KEYWORD, part);
    }

    private AuditQuery with(Field field, String value) {
        Map<Field, String> more = new EnumMap<>(Field.class);
        more.putAll(conditions);
        more.put(field, requireNonNull(value, "value"));
        return new AuditQuery(Collections.unmodifiableMap(more), writes, from, to, oldestFirst, limit, after);
    }

    /** Returns this query for operations that change something only. */
    public AuditQuery writes() {
        return new AuditQuery(conditions, Optional.of(true), from, to, oldestFirst, limit, after);
    }

    /** Returns this query for operations that change nothing only. */
    public AuditQuery reads() {
        return new AuditQuery(conditions, Optional.of(false), from, to, oldestFirst, limit, after);
    }

    /** Returns this query for events at this moment or later only. */
    public AuditQuery from(Instant first) {
        return new AuditQuery(conditions, writes, Optional.of(first), to, oldestFirst, limit, after);
    }

    /** Returns this query for events before this moment only. */
    public AuditQuery to(Instant end) {
        return new AuditQuery(conditions, writes, from, Optional.of(end), oldestFirst, limit, after);
    }

    /** Returns this query with the oldest events first. */
    public AuditQuery oldestFirst() {
        return new AuditQuery(conditions, writes, from, to, true, limit, after);
    }

    /**
     * Returns this query with this many events on a page.
     *
     * @throws InvalidRequestException if that is less than 1 or more than {@link #MAX_LIMIT}
     */
    public AuditQuery limit(int events) {
        if (events < 1 || events > MAX_LIMIT) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "limit is " + events + "; expected 1 to " + MAX_LIMIT);
        }
        return new AuditQuery(conditions, writes, from, to, oldestFirst, events, after);
    }

    /** Returns this query for the page behind the one whose {@link Page#next()} this is. */
    public AuditQuery after(String next) {
        return new AuditQuery(conditions, writes, from, to, oldestFirst, limit, requireNonNull(next, "next"));
    }

    /** Returns what the fields have to be, or contain in the case of the keyword. */
    public Map<Field, String> conditions() {
        return conditions;
    }

    /** Returns whether only operations that change something are shown, or only others; empty stands for all. */
    public Optional<Boolean> isWrite() {
        return writes;
    }

    /** Returns the first moment that is shown, if there is one. */
    public Optional<Instant> from() {
        return from;
    }

    /** Returns the first moment that is not shown any more, if there is one. */
    public Optional<Instant> to() {
        return to;
    }

    /** Returns whether the oldest events come first. */
    public boolean isOldestFirst() {
        return oldestFirst;
    }

    /** Returns the most events on a page. */
    public int limit() {
        return limit;
    }

    /** Returns where the page begins; empty on the first page. */
    public String after() {
        return after;
    }

    @Override
    public String toString() {
        return "AuditQuery[conditions=" + conditions + ", writes=" + writes + ", from=" + from + ", to=" + to
                + ", oldestFirst=" + oldestFirst + ", limit=" + limit + ", after=" + after + "]";
    }
}
