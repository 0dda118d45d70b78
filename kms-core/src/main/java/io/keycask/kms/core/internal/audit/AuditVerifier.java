package io.keycask.kms.core.internal.audit;

import io.keycask.kms.AuditFault;
import io.keycask.kms.AuditFault.Kind;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the events of one chain and finds the first that was changed, removed, moved or added. One thread.
 *
 * <p>Behind a fault it goes on looking for the event that belongs to that place, which tells an event that was moved, or
 * that another one was put before, from one that is gone.
 */
public final class AuditVerifier {
    private final UUID chainId;
    private final AuditChain chain;
    private final Map<Long, AuditHead> known = new HashMap<>();
    private @Nullable AuditFault fault;
    private @Nullable AuditEntry intruder;
    private long events;

    private AuditVerifier(UUID chainId, AuditChain chain) {
        this.chainId = chainId;
        this.chain = chain;
    }

    /** A walk from the first event on. */
    public AuditVerifier(UUID storeId, UUID chainId) {
        this(chainId, AuditChain.start(storeId, chainId));
    }

    /** Returns a walk from the event behind this place on. */
    public static AuditVerifier behind(UUID chainId, AuditHead head) {
        return new AuditVerifier(chainId, AuditChain.behind(head));
    }

    /** Says what the hash of a place was at an earlier time. */
    void expect(AuditHead place) {
        known.put(place.sequence(), place);
        check(place.sequence() == chain.sequence() ? chain.hash() : null, place);
    }

    private void check(byte @Nullable [] hash, AuditHead place) {
        if (hash != null && !place.has(hash)) {
            fault = at(place.sequence(), Kind.CUT_OFF, "not the event that stood here at the checkpoint");
        }
    }

    /** Takes the next event and returns whether there was no fault so far. */
    public boolean accept(AuditEntry entry) {
        events++;
        if (fault == null) {
            follow(entry);
        } else if (intruder != null && intruder != entry) {
            lookForTheRightOne(entry, intruder);
        }
        return fault == null;
    }

    private void follow(AuditEntry entry) {
        long expected = chain.sequence() + 1;
        if (!entry.chain().equals(chainId) || entry.sequence() < expected) {
            fault = at(expected, Kind.ADDED, "an event that does not belong here");
        } else if (entry.sequence() > expected) {
            fault = at(expected, Kind.REMOVED, "missing");
            intruder = entry;
        } else if (!MessageDigest.isEqual(chain.next(entry.bodyBytes()), entry.hash())) {
            fault = at(expected, Kind.CHANGED, "the body or the hash was changed");
            intruder = entry;
        } else if (!derivedColumnsFit(entry)) {
            fault = at(expected, Kind.CHANGED, "time or key are not those of the body");
        } else {
            chain.append(entry.bodyBytes());
            AuditHead place = known.remove(expected);
            if (place != null) {
                check(entry.hash(), place);
            }
        }
    }

    private void lookForTheRightOne(AuditEntry entry, AuditEntry other) {
        byte[] right = chain.next(entry.bodyBytes());
        if (MessageDigest.isEqual(right, entry.hash())) {
            long place = chain.sequence() + 1;
            boolean exchanged = MessageDigest.isEqual(chain.link(right, other.bodyBytes()), other.hash());
            fault = exchanged || entry.sequence() > place + 1
                    ? at(place, Kind.MOVED, "the event of this place stands at " + entry.sequence())
                    : at(place, Kind.ADDED, "an event that was never written, before the one of this place");
            intruder = null;
        }
    }

    private static boolean derivedColumnsFit(AuditEntry entry) {
        try {
            AuditEvent event = entry.event();
            return event.time().toEpochMilli() == entry.timeMillis()
                    && event.keyId().equals(entry.keyId());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Ends the walk: the chain has this end. Returns what is wrong. */
    public Optional<AuditFault> end(AuditHead head) {
        if (fault == null && chain.sequence() < head.sequence()) {
            fault = at(chain.sequence() + 1, Kind.REMOVED, "missing");
        } else if (fault == null && chain.sequence() > head.sequence()) {
            fault = at(head.sequence() + 1, Kind.ADDED, "added behind the end of the chain");
        } else if (fault == null && !head.has(chain.hash())) {
            fault = at(head.sequence(), Kind.CHANGED, "not the end of the chain that its process wrote");
        }
        return fault();
    }

    /** Ends the walk without an end that is known. Returns what is wrong. */
    Optional<AuditFault> fault() {
        if (fault == null) {
            known.keySet().stream()
                    .filter(place -> place > chain.sequence())
                    .min(Long::compare)
                    .ifPresent(place ->
                            fault = at(chain.sequence() + 1, Kind.CUT_OFF, "missing, and was there at the checkpoint"));
        }
        return Optional.ofNullable(fault);
    }

    /** Returns how many events were taken. */
    long events() {
        return events;
    }

    private AuditFault at(long sequence, Kind kind, String what) {
        return new AuditFault(chainId.toString(), sequence, kind, what);
    }
}
