package io.keycask.kms.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final int EVENTS = 300;

    private final List<AuditEntry> entries = new ArrayList<>();
    private final AuditChain chain = AuditChain.start(STORE, CHAIN);

    @BeforeEach
    void fill() {
        for (int i = 1; i <= EVENTS; i++) {
            AuditEvent event = new AuditEvent(
                    new UUID(0, i), Instant.ofEpochMilli(i), "Encrypt", false, "root", null, "", Map.of());
            byte[] body = AuditBody.encode(event);
            chain.append(body);
            entries.add(AuditEntry.of(CHAIN, chain, event, body));
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
            List<AuditEntry> changed = new ArrayList<>(entries);
            changed.remove(i);

            assertThat(verify(changed)).hasValue(CHAIN + "/" + (i + 1) + ": missing");
        }
    }

    @Test
    void verify_eventsSwappedOrRepeatedAtAnyPlace_areNamed() {
        for (int i = 0; i + 1 < EVENTS; i++) {
            List<AuditEntry> swapped = new ArrayList<>(entries);
            Collections.swap(swapped, i, i + 1);
            List<AuditEntry> repeated = new ArrayList<>(entries);
            repeated.add(i, entries.get(i));

            assertThat(faultPlace(swapped)).isEqualTo(i + 1);
            assertThat(faultPlace(repeated)).isEqualTo(i + 2);
        }
    }

    @Test
    void verify_bodiesSwappedUnderTheirNumbers_areNamed() {
        for (int i = 0; i + 1 < EVENTS; i++) {
            List<AuditEntry> changed = new ArrayList<>(entries);
            AuditEntry other = entries.get(i + 1);
            changed.set(i, new AuditEntry(CHAIN, i + 1, other.timeMillis(), other.keyId(), other.hash(), other.body()));

            assertThat(faultPlace(changed)).isEqualTo(i + 1);
        }
    }

    @Test
    void verify_anythingOfAnEntryChangedAtAnyPlace_isNamed() {
        for (int i = 0; i < EVENTS; i++) {
            AuditEntry entry = entries.get(i);
            byte[] body = entry.body();
            body[body.length / 2] ^= 1;
            byte[] hash = entry.hash();
            hash[31] ^= 1;
            for (AuditEntry changed : List.of(
                    new AuditEntry(CHAIN, i + 1, i + 1, Optional.empty(), entry.hash(), body),
                    new AuditEntry(CHAIN, i + 1, i + 1, Optional.empty(), hash, entry.body()),
                    new AuditEntry(CHAIN, i + 1, i, Optional.empty(), entry.hash(), entry.body()),
                    new AuditEntry(CHAIN, i + 1, i + 1, Optional.of("x"), entry.hash(), entry.body()),
                    new AuditEntry(STORE, i + 1, i + 1, Optional.empty(), entry.hash(), entry.body()))) {
                List<AuditEntry> all = new ArrayList<>(entries);
                all.set(i, changed);

                assertThat(faultPlace(all)).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void verify_endThatWasCutOffOrAddedTo_isNamed() {
        assertThat(faultPlace(entries.subList(0, EVENTS - 1))).isEqualTo(EVENTS);
        assertThat(faultPlace(List.of())).isEqualTo(1);

        AuditVerifier verifier = walk(entries);
        assertThat(verifier.end(EVENTS - 1, entries.get(EVENTS - 2).hash()).orElseThrow())
                .startsWith(CHAIN + "/" + EVENTS + ": added");
    }

    @Test
    void verify_endWithAnotherHash_isNamed() {
        assertThat(walk(entries).end(EVENTS, entries.get(0).hash()).orElseThrow())
                .startsWith(CHAIN + "/" + EVENTS + ": not the end");
    }

    @Test
    void verify_chainOfAnotherStore_isAtFaultFromTheFirstEventOn() {
        AuditVerifier verifier = new AuditVerifier(CHAIN, CHAIN);

        assertThat(verifier.accept(entries.get(0))).isFalse();
        assertThat(verifier.end(EVENTS, chain.hash()).orElseThrow()).startsWith(CHAIN + "/1: ");
    }

    private int faultPlace(List<AuditEntry> all) {
        String fault = verify(all).orElseThrow();
        return Integer.parseInt(fault.substring(fault.indexOf('/') + 1, fault.indexOf(':')));
    }

    private Optional<String> verify(List<AuditEntry> all) {
        return walk(all).end(EVENTS, chain.hash());
    }

    private static AuditVerifier walk(List<AuditEntry> all) {
        AuditVerifier verifier = new AuditVerifier(STORE, CHAIN);
        for (AuditEntry entry : all) {
            if (!verifier.accept(entry)) {
                break;
            }
        }
        return verifier;
    }
}
