package io.keycask.kms.core.internal.audit;

import io.keycask.kms.Caller;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says about the chains: the chain of fixed id whose events tell when another chain began, where it
 * ended, and what was dropped of it ({@code docs/formats.md} §8.3). Used by one thread.
 */
public final class AuditRegistry {
    /** The id of the registry, which is a chain itself. */
    public static final UUID CHAIN = new UUID(0, 0);

    /** Who writes the events about chains. */
    public static final Caller ACTOR = Caller.system("audit");

    private static final String BEGUN = "AuditChainBegun";
    private static final String ENDED = "AuditChainEnded";
    private static final String DROPPED = "AuditEventsDropped";
    private static final String CHAIN_NAME = "chain";
    private static final String LAST = "last";
    private static final String HASH = "hash";
    private static final String WHOLE = "whole";

    private final Map<UUID, History> chains = new HashMap<>();

    /**
     * What is known about one chain.
     *
     * @param base what was dropped up to, if something was
     * @param end the end of a chain that has ended
     * @param isGone whether the whole chain was dropped
     */
    public record History(
            @Nullable AuditHead base, @Nullable AuditHead end, boolean isGone) {
        private static final History BEGUN = new History(null, null, false);
    }

    /** Returns the event that says that a process begins a chain. */
    public static AuditEvent begun(Instant time, UUID chain, String instance) {
        return event(time, BEGUN, Map.of(CHAIN_NAME, chain.toString(), "instance", instance));
    }

    /** Returns the event that says where a chain has ended, and in what state. */
    public static AuditEvent ended(Instant time, UUID chain, AuditHead end, String state) {
        return event(
                time,
                ENDED,
                Map.of(CHAIN_NAME, chain.toString(), LAST, text(end.sequence()), HASH, text(end), "state", state));
    }

    /**
     * Returns the event that says what is dropped of a chain.
     *
     * @param first the number of the first event that is dropped; {@code last} names the last
     * @param whole whether nothing will be left of the chain
     */
    public static AuditEvent dropped(
            Instant time, UUID chain, long first, AuditHead last, Instant oldest, Instant newest, boolean whole) {
        return event(
                time,
                DROPPED,
                Map.of(
                        CHAIN_NAME,
                        chain.toString(),
                        "first",
                        text(first),
                        LAST,
                        text(last.sequence()),
                        "count",
                        text(last.sequence() - first + 1),
                        HASH,
                        text(last),
                        "oldest",
                        oldest.toString(),
                        "newest",
                        newest.toString(),
                        WHOLE,
                        String.valueOf(whole)));
    }

    private static AuditEvent event(Instant time, String name, Map<String, String> details) {
        return AuditEvent.ofSystem(time, name, ACTOR, "", details);
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    private static String text(AuditHead head) {
        return HexFormat.of().formatHex(head.hash());
    }

    /** Takes the next entry of the registry; one that is none of the three events says nothing. */
    public void take(AuditEntry entry) {
        try {
            AuditEvent event = entry.event();
            UUID chain = UUID.fromString(event.details().getOrDefault(CHAIN_NAME, ""));
            History known = chains.getOrDefault(chain, History.BEGUN);
            switch (event.name()) {
                case BEGUN -> chains.put(chain, known);
                case ENDED -> chains.put(chain, new History(known.base(), last(event), known.isGone()));
                case DROPPED ->
                    chains.put(
                            chain,
                            new History(
                                    last(event),
                                    known.end(),
                                    Boolean.parseBoolean(event.details().get(WHOLE))));
                default -> {}
            }
        } catch (IllegalArgumentException e) {
            // the walk over the registry names an entry that was changed
        }
    }

    private static AuditHead last(AuditEvent event) {
        return new AuditHead(
                Long.parseLong(event.details().getOrDefault(LAST, "")),
                HexFormat.of().parseHex(event.details().getOrDefault(HASH, "")));
    }

    /** Returns what is known about the chain; null if it never began. */
    public @Nullable History history(UUID chain) {
        return chains.get(chain);
    }

    /** Returns all chains that ever began. */
    public Map<UUID, History> chains() {
        return Map.copyOf(chains);
    }
}
