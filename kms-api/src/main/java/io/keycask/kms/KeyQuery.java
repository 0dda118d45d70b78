package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which keys a list shows, and in what order.
 *
 * <p>Immutable: every method returns a changed copy. All conditions have to hold.
 */
public final class KeyQuery {
    /** The most keys on one page. */
    public static final int MAX_LIMIT = 200;

    private static final int DEFAULT_LIMIT = 10;
    private static final KeyQuery ALL = new KeyQuery(
            Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), "", Map.of(), false, DEFAULT_LIMIT, "");

    private final Set<KeyState> states;
    private final Optional<KeyUsage> usage;
    private final Optional<KeyOrigin> origin;
    private final Optional<OwnerRole> owner;
    private final String text;
    private final Map<String, String> tags;
    private final boolean oldestFirst;
    private final int limit;
    private final String after;

    private KeyQuery(
            Set<KeyState> states,
            Optional<KeyUsage> usage,
            Optional<KeyOrigin> origin,
            Optional<OwnerRole> owner,
            String text,
            Map<String, String> tags,
            boolean oldestFirst,
            int limit,
            String after) {
        this.states = states;
        this.usage = usage;
        this.origin = origin;
        this.owner = owner;
        this.text = text;
        this.tags = tags;
        this.oldestFirst = oldestFirst;
        this.limit = limit;
        this.after = after;
    }

    /** Returns the query for all keys, the newest first, ten on a page. */
    public static KeyQuery all() {
        return ALL;
    }

    /** Returns this query for keys in one of these states only. */
    public KeyQuery states(KeyState first, KeyState... more) {
        Set<KeyState> set = Collections.unmodifiableSet(EnumSet.of(first, more));
        return new KeyQuery(set, usage, origin, owner, text, tags, oldestFirst, limit, after);
    }

    /** Returns this query for keys of one usage only. */
    public KeyQuery usage(KeyUsage only) {
        return new KeyQuery(states, Optional.of(only), origin, owner, text, tags, oldestFirst, limit, after);
    }

    /** Returns this query for keys of one origin only. */
    public KeyQuery origin(KeyOrigin only) {
        return new KeyQuery(states, usage, Optional.of(only), owner, text, tags, oldestFirst, limit, after);
    }

    /** Returns this query for keys of users, or those of services, only. */
    public KeyQuery ownedBy(OwnerRole only) {
        return new KeyQuery(states, usage, origin, Optional.of(only), text, tags, oldestFirst, limit, after);
    }

    /** Returns this query for keys whose alias or id contains this text only; ASCII letters match in either case. */
    public KeyQuery containing(String part) {
        return new KeyQuery(
                states, usage, origin, owner, requireNonNull(part, "part"), tags, oldestFirst, limit, after);
    }

    /** Returns this query for keys that have this tag only; may be called again for a second tag. */
    public KeyQuery tag(String key, String value) {
        Map<String, String> more = new TreeMap<>(tags);
        more.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
        return new KeyQuery(
                states, usage, origin, owner, text, Collections.unmodifiableMap(more), oldestFirst, limit, after);
    }

    /** Returns this query with the oldest keys first. */
    public KeyQuery oldestFirst() {
        return new KeyQuery(states, usage, origin, owner, text, tags, true, limit, after);
    }

    /**
     * Returns this query with this many keys on a page.
     *
     * @throws InvalidRequestException if that is less than 1 or more than {@link #MAX_LIMIT}
     */
    public KeyQuery limit(int keys) {
        if (keys < 1 || keys > MAX_LIMIT) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "limit is " + keys + "; expected 1 to " + MAX_LIMIT);
        }
        return new KeyQuery(states, usage, origin, owner, text, tags, oldestFirst, keys, after);
    }

    /** Returns this query for the page behind the one whose {@link Page#next()} this is. */
    public KeyQuery after(String next) {
        return new KeyQuery(states, usage, origin, owner, text, tags, oldestFirst, limit, requireNonNull(next, "next"));
    }

    /** Returns the states that are shown; empty stands for all. */
    public Set<KeyState> states() {
        return states;
    }

    /** Returns the usage that is shown, if it is one only. */
    public Optional<KeyUsage> usage() {
        return usage;
    }

    /** Returns the origin that is shown, if it is one only. */
    public Optional<KeyOrigin> origin() {
        return origin;
    }

    /** Returns whose keys are shown, if those of one role only. */
    public Optional<OwnerRole> owner() {
        return owner;
    }

    /** Returns the text that an alias or id has to contain; empty stands for none. */
    public String text() {
        return text;
    }

    /** Returns the tags that a key has to have. */
    public Map<String, String> tags() {
        return tags;
    }

    /** Returns whether the oldest keys come first. */
    public boolean isOldestFirst() {
        return oldestFirst;
    }

    /** Returns the most keys on a page. */
    public int limit() {
        return limit;
    }

    /** Returns where the page begins; empty on the first page. */
    public String after() {
        return after;
    }

    @Override
    public String toString() {
        return "KeyQuery[states=" + states + ", usage=" + usage + ", origin=" + origin + ", owner=" + owner + ", text="
                + text + ", tags=" + tags + ", oldestFirst=" + oldestFirst + ", limit=" + limit + ", after=" + after
                + "]";
    }
}
