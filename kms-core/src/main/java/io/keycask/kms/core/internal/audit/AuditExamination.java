package io.keycask.kms.core.internal.audit;

import io.keycask.kms.AuditFault;
import io.keycask.kms.AuditFault.Kind;
import io.keycask.kms.AuditReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The verification of a whole trail, wherever it is read from: first the registry, then every chain against it and
 * against a checkpoint that was kept outside. Used by one thread.
 */
public final class AuditExamination {
    private final UUID storeId;
    private final Optional<Checkpoint> known;
    private final AuditRegistry registry = new AuditRegistry();
    private final AuditVerifier registryWalk;
    private final Map<UUID, AuditVerifier> walks = new HashMap<>();
    private final List<AuditFault> faults = new ArrayList<>();
    private final Set<String> unreadable = new HashSet<>();
    private boolean registryIsWhole = true;

    /** An examination of this store's trail. */
    public AuditExamination(UUID storeId, Optional<Checkpoint> known) {
        this.storeId = storeId;
        this.known = known;
        this.registryWalk = new AuditVerifier(storeId, AuditRegistry.CHAIN);
        known.ifPresent(checkpoint -> {
            if (checkpoint.storeId().equals(storeId)) {
                registryWalk.expect(checkpoint.registry());
            } else {
                fault("checkpoint", Kind.CHANGED, "it is one of the store " + checkpoint.storeId());
            }
        });
    }

    /** Takes the next entry of the registry. */
    public void registry(AuditEntry entry) {
        registryWalk.accept(entry);
        registry.take(entry);
    }

    /** Ends the registry, whose end is this. */
    public void registryEnd(AuditHead head) {
        Optional<AuditFault> fault = registryWalk.end(head);
        registryIsWhole = fault.isEmpty();
        fault.ifPresent(faults::add);
    }

    /** Begins the walk over a chain. */
    public AuditVerifier begin(UUID chain) {
        AuditRegistry.@Nullable History history = registry.history(chain);
        AuditHead base = history == null ? null : history.base();
        AuditVerifier walk = base == null ? new AuditVerifier(storeId, chain) : AuditVerifier.behind(chain, base);
        known.map(checkpoint -> checkpoint.open().get(chain)).ifPresent(walk::expect);
        walks.put(chain, walk);
        return walk;
    }

    /** Returns whether the walk over the chain has begun. */
    public boolean hasBegun(UUID chain) {
        return walks.containsKey(chain);
    }

    /** Ends the walk over a chain, whose end is this. */
    public void end(UUID chain, AuditHead head) {
        AuditVerifier walk = walks.getOrDefault(chain, registryWalk);
        AuditRegistry.@Nullable History history = registry.history(chain);
        Optional<AuditFault> fault = walk.end(head);
        if (fault.isPresent()) {
            faults.add(fault.get());
        } else if (history == null && registryIsWhole) {
            fault(chain, Kind.ADDED, "a chain that the registry does not know");
        } else if (history != null && history.end() != null && !isSame(history.end(), head)) {
            fault(chain, Kind.CUT_OFF, "it ended at " + history.end().sequence() + ", and now at " + head.sequence());
        }
    }

    private static boolean isSame(AuditHead a, AuditHead b) {
        return a.sequence() == b.sequence() && a.has(b.hash());
    }

    /** Notes that the row of a chain was changed, so that there is nothing to walk towards. */
    public void unreadable(String chain, String text) {
        fault(chain, Kind.CHANGED, text);
        unreadable.add(chain);
        registryIsWhole &= !chain.equals(AuditRegistry.CHAIN.toString());
    }

    /** Notes that there are events of this chain, which has no row; one that is registered is reported as gone. */
    public void stray(String chain) {
        boolean isRegistered = registry.chains().keySet().stream()
                .anyMatch(known -> known.toString().equals(chain));
        if (!isRegistered) {
            fault(chain, Kind.ADDED, "events of a chain that never began");
        }
    }

    /** Notes a fault of a chain as a whole. */
    void fault(UUID chain, Kind kind, String text) {
        fault(chain.toString(), kind, text);
    }

    /** Notes a fault that is not one of a chain. */
    public void fault(String what, Kind kind, String text) {
        faults.add(new AuditFault(what, 0, kind, text));
    }

    /** Returns the end of the chain, as the registry or this checkpoint of the same moment has it. */
    Optional<AuditHead> endOf(UUID chain, Checkpoint now) {
        AuditRegistry.@Nullable History history = registry.history(chain);
        AuditHead end = history == null ? null : history.end();
        return Optional.ofNullable(end == null ? now.open().get(chain) : end);
    }

    /** Returns the chains whose walks have begun. */
    List<UUID> begun() {
        return List.copyOf(walks.keySet());
    }

    /** Ends the examination. */
    public AuditReport report() {
        registry.chains().forEach((chain, history) -> {
            if (!history.isGone() && !walks.containsKey(chain) && !unreadable.contains(chain.toString())) {
                fault(chain.toString(), Kind.REMOVED, "the chain is gone");
            }
        });
        long events = registryWalk.events()
                + walks.values().stream().mapToLong(AuditVerifier::events).sum();
        return new AuditReport(events, faults);
    }
}
