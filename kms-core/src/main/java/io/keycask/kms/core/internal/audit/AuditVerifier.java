package io.keycask.kms.core.internal.audit;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Walks over the events of one chain and finds the first that was changed, removed, moved or added. One thread. */
public final class AuditVerifier {
    private final UUID chainId;
    private final AuditChain chain;
    private @Nullable String fault;

    public AuditVerifier(UUID storeId, UUID chainId) {
        this.chainId = chainId;
        this.chain = AuditChain.start(storeId, chainId);
    }

    /** Takes the next event and returns whether there was no fault so far. */
    public boolean accept(AuditEntry entry) {
        if (fault == null) {
            fault = faultOf(entry);
        }
        return fault == null;
    }

    private @Nullable String faultOf(AuditEntry entry) {
        long expected = chain.sequence() + 1;
        if (!entry.chain().equals(chainId) || entry.sequence() != expected) {
            return at(expected, "missing");
        }
        chain.append(entry.body());
        if (!MessageDigest.isEqual(chain.hash(), entry.hash())) {
            return at(expected, "the body or the hash was changed, or the event before it");
        }
        return derivedColumnsFit(entry) ? null : at(expected, "time or key are not those of the body");
    }

    private static boolean derivedColumnsFit(AuditEntry entry) {
        try {
            AuditEvent event = entry.event();
            return event.time().toEpochMilli() == entry.timeMillis()
                    && Optional.ofNullable(event.keyId()).map(Object::toString).equals(entry.keyId());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Ends the walk: the chain has this end. Returns what is wrong, beginning with the place of the event. */
    public Optional<String> end(long headSequence, byte[] headHash) {
        if (fault == null && chain.sequence() < headSequence) {
            fault = at(chain.sequence() + 1, "missing");
        } else if (fault == null && chain.sequence() > headSequence) {
            fault = at(headSequence + 1, "added behind the end of the chain");
        } else if (fault == null && !MessageDigest.isEqual(chain.hash(), headHash)) {
            fault = at(headSequence, "not the end of the chain that its process wrote");
        }
        return Optional.ofNullable(fault);
    }

    private String at(long sequence, String what) {
        return chainId + "/" + sequence + ": " + what;
    }
}
