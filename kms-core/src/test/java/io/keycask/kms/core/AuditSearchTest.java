package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import io.keycask.kms.Caller;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KmsException;
import io.keycask.kms.NewKey;
import io.keycask.kms.Page;
import io.keycask.kms.SymmetricCmk;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a search in the audit trail shows, compared with a plain filter over all of it. */
final class AuditSearchTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private EmbeddedKms kms;

    @BeforeEach
    void open() throws Exception {
        kms = TestKms.builder(folder).clock(clock).region("test-1").build();
        Caller caller = Caller.root()
                .accessKey("AK-17")
                .requestId("request-1")
                .sourceAddress(InetAddress.getByName("192.0.2.7"));
        for (String alias : List.of("orders", "invoices")) {
            SymmetricCmk key = kms.createKey(NewKey.named(alias));
            SymmetricCmk asCaller = kms.as(caller).symmetricKey(alias);
            for (int i = 0; i < 20; i++) {
                clock.advance(Duration.ofMillis(i % 3));
                (i % 2 == 0 ? key : asCaller).decrypt(key.encrypt(new byte[i + 1], CONTEXT), CONTEXT);
            }
            kms.generateRandom(16);
            key.disable();
            refused(() -> asCaller.encrypt(new byte[1], CONTEXT));
        }
        refused(() -> kms.as(Caller.account("mallory")).generateRandom(1));
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void record_ofACall_saysWhoWhatWhereAndHow() {
        AuditRecord event = kms.audit()
                .find(AuditQuery.all().accessKey("AK-17").eventName("Encrypt").limit(1))
                .items()
                .get(0);

        assertThat(event.userName()).isEqualTo("root");
        assertThat(event.userType()).isEqualTo(Caller.Kind.ROOT);
        assertThat(event.sourceAddress()).contains("192.0.2.7");
        assertThat(event.requestId()).contains("request-1");
        assertThat(event.region()).isEqualTo("test-1");
        assertThat(event.source()).isEqualTo("kms");
        assertThat(event.resourceType()).contains("key");
        assertThat(event.errorCode()).contains("ResourceUnavailable.CmkDisabled");
        assertThat(event.isWrite()).isFalse();
        assertThat(event.json()).startsWith("{\"accessKey\":\"AK-17\",\"action\":\"Read\"");
    }

    @Test
    void record_ofACallerWithoutARequestId_hasOneOfItsOwn() {
        List<AuditRecord> events = everything(AuditQuery.all().eventName("GenerateRandom"));

        assertThat(events).hasSize(3).allMatch(event -> event.requestId().isPresent());
        assertThat(events.stream().map(AuditRecord::requestId).distinct()).hasSize(3);
    }

    @Test
    void find_ofASubAccountWithoutPermission_isDenied() {
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> kms.as(Caller.account("mallory")).audit().find(AuditQuery.all()));
    }

    @Test
    void find_isAnEventItself() {
        kms.audit().find(AuditQuery.all());

        assertThat(everything(AuditQuery.all().eventName("LookUpEvents"))).hasSize(1);
    }

    @Test
    void cursor_ofAnotherQueryOrChanged_isRefused() {
        AuditQuery query = AuditQuery.all().limit(1);
        String next = kms.audit().find(query).next().orElseThrow();

        for (AuditQuery wrong : List.of(
                query.oldestFirst().after(next),
                query.keyword("x").after(next),
                query.after(next.substring(1)),
                query.after(next + "A"),
                query.after("?"))) {
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> kms.audit().find(wrong));
        }
    }

    @Test
    void find_timesBeyondEveryClock_areNoError() {
        assertThat(kms.audit()
                        .find(AuditQuery.all().from(Instant.MIN).to(Instant.MAX))
                        .items())
                .isNotEmpty();
        assertThat(kms.audit().find(AuditQuery.all().from(Instant.MAX)).items()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void find_anyQuery_showsWhatAPlainFilterShows(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<AuditRecord> all =
                everything(AuditQuery.all().to(clock.instant().plusMillis(1)).limit(200));
        Question question = Question.random(random, all);

        List<AuditRecord> found = everything(question.query.limit(random.nextInt(1, 60)));

        List<AuditRecord> expected =
                new ArrayList<>(all.stream().filter(question::fits).toList());
        Comparator<AuditRecord> order = Comparator.comparing(AuditRecord::time)
                .thenComparing(event -> event.chain().toString())
                .thenComparingLong(AuditRecord::sequence);
        expected.sort(question.query.isOldestFirst() ? order : order.reversed());
        List<UUID> seen = all.stream().map(AuditRecord::id).toList();
        assertThat(found.stream().map(AuditRecord::id).filter(seen::contains).toList())
                .isEqualTo(expected.stream().map(AuditRecord::id).toList());
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    /** A query, and the same in plain words. */
    private record Question(AuditQuery query, List<Predicate<AuditRecord>> conditions) {
        boolean fits(AuditRecord event) {
            return conditions.stream().allMatch(condition -> condition.test(event));
        }

        static Question random(RandomGenerator random, List<AuditRecord> all) {
            AuditQuery query =
                    random.nextBoolean() ? AuditQuery.all() : AuditQuery.all().oldestFirst();
            List<Predicate<AuditRecord>> conditions = new ArrayList<>();
            int first = random.nextInt(9);
            for (int i = random.nextInt(3); i >= 0; i--) {
                AuditRecord like = all.get(random.nextInt(all.size()));
                switch ((first + 2 * i) % 9) { // each condition once
                    case 0 -> {
                        query = query.userName(like.userName());
                        conditions.add(event -> event.json().contains("\"caller\":\"" + like.userName() + "\""));
                    }
                    case 1 -> {
                        query = query.eventName(like.name());
                        conditions.add(event -> event.json().contains("\"name\":\"" + like.name() + "\""));
                    }
                    case 2 -> {
                        String name = like.resourceName().orElse("none");
                        query = query.resourceType("key").resourceName(name);
                        conditions.add(event -> event.json().contains("\"resource\":\"" + name + "\""));
                    }
                    case 3 -> {
                        query = query.from(like.time());
                        conditions.add(event -> event.time().compareTo(like.time()) >= 0);
                    }
                    case 4 -> {
                        query = query.to(like.time());
                        conditions.add(event -> event.time().compareTo(like.time()) < 0);
                    }
                    case 5 -> {
                        query = query.writes();
                        conditions.add(event -> event.json().contains("\"action\":\"Write\""));
                    }
                    case 6 -> {
                        query = query.accessKey("AK-17").eventSource("kms");
                        conditions.add(event -> event.json().contains("\"accessKey\":\"AK-17\""));
                    }
                    case 7 -> {
                        query = query.eventId(like.id());
                        conditions.add(event -> event.json().contains("\"id\":\"" + like.id() + "\""));
                    }
                    default -> {
                        query = query.keyword("DISABLED");
                        conditions.add(event -> event.errorCode()
                                .orElse("")
                                .toLowerCase(Locale.ROOT)
                                .contains("disabled"));
                    }
                }
            }
            return new Question(query, conditions);
        }
    }

    private List<AuditRecord> everything(AuditQuery query) {
        List<AuditRecord> found = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            Page<AuditRecord> page = kms.audit().find(query.after(next.get()));
            found.addAll(page.items());
            next = page.next();
        }
        return found;
    }

    private static void refused(Runnable action) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(action::run);
    }
}
