package io.keycask.kms.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.AuditFault;
import io.keycask.kms.AuditFault.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AuditChainTest {
    private static final UUID STORE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final UUID CHAIN = UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100");
    private static final int EVENTS = 1_000;
    private static final int WINDOW = 10;

    private final List<AuditEntry> entries = new ArrayList<>();
    private final AuditChain chain = AuditChain.start(STORE, CHAIN);

    @BeforeEach
    void fill() {
        for (int i = 1; i <= EVENTS; i++) {
            AuditEvent event = new AuditEvent(
                    new UUID(0, i), Instant.ofEpochMilli(i), "Encrypt", false, "root", null, "", Map.of());
            entries.add(AuditEntry.append(CHAIN, chain, event));
        }
    }

    /** Hashes that an independent program computed from the specification, docs/formats.md §8.2. */
    @Test
    void hashes_ofTheSpecification_areThose() {
        AuditChain known = AuditChain.start(STORE, CHAIN);
        assertThat(hex(known)).isEqualTo("54b41eb47088f909f9c161936a769462b9d1cbe49ed1f2fb14fbb503197c2c50");

        known.append("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(hex(known)).isEqualTo("c7c93dffacc4145274e8235adf73e1d9bd75cd00335c8ea08984ba32df07ed17");

        known.append("{\"name\":\"Gr\u00f6\u00dfe\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(hex(known)).isEqualTo("9b174d67d1f2eb4d1ec19e2575ec009402f964db82739292affcda11d9ca0f57");
        assertThat(known.sequence()).isEqualTo(2);
    }

    private static String hex(AuditChain chain) {
        return HexFormat.of().formatHex(chain.hash());
    }

    @Test
    void verify_chainAsItWasWritten_hasNoFault() {
        assertThat(verify(entries)).isEmpty();
    }

    @Test
    void verify_eventRemovedAtAnyPlace_isNamed() {
        for (int i = 0; i < EVENTS; i++) {
            List<AuditEntry> changed = window(i);
            changed.remove(at(i));

            assertThat(verify(i, changed)).hasValue(fault(i + 1, Kind.REMOVED, "missing"));
        }
    }

    @Test
    void verify_eventsSwappedAtAnyPlace_areNamed() {
        for (int i = 0; i + 1 < EVENTS; i++) {
            List<AuditEntry> inOtherOrder = window(i);
            Collections.swap(inOtherOrder, at(i), at(i) + 1);
            List<AuditEntry> underOtherNumbers = window(i);
            underOtherNumbers.set(at(i), renumbered(entries.get(i + 1), i + 1));
            underOtherNumbers.set(at(i) + 1, renumbered(entries.get(i), i + 2));

            assertThat(found(i, inOtherOrder)).isEqualTo((i + 1) + " MOVED");
            assertThat(found(i, underOtherNumbers)).isEqualTo((i + 1) + " MOVED");
        }
    }

    @Test
    void verify_eventRepeatedOrInventedAtAnyPlace_isNamed() {
        for (int i = 0; i < EVENTS; i++) {
            List<AuditEntry> repeated = window(i);
            repeated.add(at(i), entries.get(i));
            List<AuditEntry> invented = window(i);
            invented.add(at(i), renumbered(entries.get((i + 7) % EVENTS), i + 1));

            assertThat(found(i, repeated)).isEqualTo((i + 2) + " ADDED");
            assertThat(found(i, invented)).isEqualTo((i + 1) + " ADDED");
        }
    }

    @Test
    void verify_anythingOfAnEntryChangedAtAnyPlace_isNamed() {
        for (int i = 0; i < EVENTS; i++) {
            AuditEntry entry = entries.get(i);
            String body = entry.body().replace("root", "toor");
            byte[] hash = entry.hash();
            hash[31] ^= 1;
            for (AuditEntry changed : List.of(
                    new AuditEntry(CHAIN, i + 1, i + 1, Optional.empty(), entry.hash(), body),
                    new AuditEntry(CHAIN, i + 1, i + 1, Optional.empty(), hash, entry.body()),
                    new AuditEntry(CHAIN, i + 1, i, Optional.empty(), entry.hash(), entry.body()),
                    new AuditEntry(CHAIN, i + 1, i + 1, Optional.of("x"), entry.hash(), entry.body()))) {
                List<AuditEntry> all = window(i);
                all.set(at(i), changed);

                assertThat(found(i, all)).isEqualTo((i + 1) + " CHANGED");
            }
            List<AuditEntry> all = window(i);
            all.set(at(i), new AuditEntry(STORE, i + 1, i + 1, Optional.empty(), entry.hash(), entry.body()));
            assertThat(found(i, all)).isEqualTo((i + 1) + " ADDED");
        }
    }

    @Test
    void verify_endThatWasCutOffOrAddedTo_isNamed() {
        assertThat(verify(entries.subList(0, EVENTS - 1))).hasValue(fault(EVENTS, Kind.REMOVED, "missing"));
        assertThat(verify(List.of())).hasValue(fault(1, Kind.REMOVED, "missing"));

        AuditHead earlier = head(EVENTS - 1);
        assertThat(walk(0, entries).end(earlier).orElseThrow().kind()).isEqualTo(Kind.ADDED);
    }

    @Test
    void verify_endCutOffTogetherWithItsHead_isFoundByACheckpointAtEveryPlace() {
        for (int i = 1; i < EVENTS; i++) {
            AuditVerifier verifier = new AuditVerifier(STORE, CHAIN);
            if (i > WINDOW) {
                verifier = AuditVerifier.behind(CHAIN, head(i - WINDOW));
            }
            verifier.expect(head(EVENTS));
            entries.subList(Math.max(0, i - WINDOW), i).forEach(verifier::accept);

            assertThat(verifier.end(head(i)).map(fault -> fault.sequence() + " " + fault.kind()))
                    .hasValue((i + 1) + " CUT_OFF");
        }
    }

    @Test
    void verify_endWithAnotherHash_isNamed() {
        AuditHead other = new AuditHead(EVENTS, entries.get(0).hash());

        assertThat(walk(0, entries).end(other).orElseThrow().sequence()).isEqualTo(EVENTS);
    }

    @Test
    void verify_chainOfAnotherStore_isAtFaultFromTheFirstEventOn() {
        AuditVerifier verifier = new AuditVerifier(CHAIN, CHAIN);

        assertThat(verifier.accept(entries.get(0))).isFalse();
        assertThat(verifier.end(head(EVENTS)).orElseThrow().sequence()).isEqualTo(1);
    }

    /** Returns the events around a place, so that a thousand places are looked at in seconds. */
    private List<AuditEntry> window(int place) {
        return new ArrayList<>(entries.subList(first(place), Math.min(EVENTS, place + WINDOW)));
    }

    private static int first(int place) {
        return Math.max(0, place - WINDOW);
    }

    /** Returns where the place is in its window. */
    private static int at(int place) {
        return place - first(place);
    }

    private String found(int place, List<AuditEntry> window) {
        return verify(place, window)
                .map(fault -> fault.sequence() + " " + fault.kind())
                .orElse("nothing");
    }

    private Optional<AuditFault> verify(List<AuditEntry> all) {
        return walk(0, all).end(head(EVENTS));
    }

    private Optional<AuditFault> verify(int place, List<AuditEntry> window) {
        return walk(place, window).end(head(Math.min(EVENTS, place + WINDOW)));
    }

    private AuditVerifier walk(int place, List<AuditEntry> all) {
        int first = first(place);
        AuditVerifier verifier =
                first == 0 ? new AuditVerifier(STORE, CHAIN) : AuditVerifier.behind(CHAIN, head(first));
        all.forEach(verifier::accept);
        return verifier;
    }

    private AuditHead head(int sequence) {
        return new AuditHead(sequence, entries.get(sequence - 1).hash());
    }

    private static AuditEntry renumbered(AuditEntry entry, int sequence) {
        return new AuditEntry(CHAIN, sequence, entry.timeMillis(), entry.keyId(), entry.hash(), entry.body());
    }

    private static AuditFault fault(int sequence, Kind kind, String text) {
        return new AuditFault(CHAIN.toString(), sequence, kind, text);
    }
}
