package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.OwnerRole;
import io.keycask.kms.Page;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists on every kind of database, against a model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KeyListingContract {
    private static final int KEYS = 150;

    private final TestDatabase.Kind kind;
    private final int queries;
    private final List<KeyRecord> model = new ArrayList<>();
    private TestDatabase database;
    private Store store;

    /** Tests on this kind of database, with so many random queries. */
    KeyListingContract(TestDatabase.Kind kind, int queries) {
        this.kind = kind;
        this.queries = queries;
    }

    @BeforeAll
    void fill(@TempDir Path folder) {
        database = kind.create(folder);
        store = database.open(new TestAnchor(1), Instance.current());
        RandomGenerator random = random(42);
        for (int i = 0; i < KEYS; i++) {
            int number = i;
            KeyRecord key = store.write(tx -> tx.insert(randomKey(random, number)));
            if (key.phase() == KeyPhase.LIVE) {
                model.add(key);
            }
        }
    }

    @AfterAll
    void close() {
        store.close();
        database.close();
    }

    // few different dates, so that many keys have the same one
    private static KeyRecord randomKey(RandomGenerator random, int number) {
        Map<String, String> tags = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            tags.put("t" + random.nextInt(2), "v" + random.nextInt(2));
        }
        String alias = (random.nextBoolean() ? "Order_" : "order-") + number;
        String owner = random.nextInt(3) == 0 ? "backup" : "user";
        return TestKeys.bare(alias, TestKeys.NOON.plusMillis(random.nextInt(20)), KeyOrigin.KMS, owner)
                .change(draft -> draft.tags(tags)
                        .state(oneOf(random, KeyState.values()))
                        .phase(random.nextInt(10) == 0 ? KeyPhase.CREATING : KeyPhase.LIVE));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void pages_ofARandomQuery_areThoseOfTheModel(long seed) {
        RandomGenerator random = random(seed);
        KeyQuery query = randomQuery(random);

        List<KeyRecord> found = allPages(query);

        assertThat(found)
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(
                        model.stream().filter(fits(query)).sorted(order(query)).toList());
        assertThat(store.count(query)).isEqualTo(found.size());
    }

    LongStream seeds() {
        return LongStream.range(0, queries);
    }

    private static KeyQuery randomQuery(RandomGenerator random) {
        KeyQuery query = KeyQuery.all().limit(1 + random.nextInt(40));
        if (random.nextInt(3) > 0) {
            KeyState[] all = KeyState.values();
            KeyState[] more = new KeyState[random.nextInt(all.length)];
            for (int i = 0; i < more.length; i++) {
                more[i] = all[random.nextInt(all.length)];
            }
            query = query.states(all[random.nextInt(all.length)], more);
        }
        query = random.nextInt(4) == 0 ? query.usage(KeyUsage.ENCRYPT_DECRYPT) : query;
        query = random.nextInt(6) == 0 ? query.origin(oneOf(random, KeyOrigin.values())) : query;
        query = random.nextInt(3) == 0 ? query.tag("t" + random.nextInt(2), "v" + random.nextInt(2)) : query;
        query = random.nextInt(5) == 0 ? query.tag("t" + random.nextInt(2), "v" + random.nextInt(2)) : query;
        query = random.nextInt(6) == 0 ? query.ownedBy(oneOf(random, OwnerRole.values())) : query;
        String[] texts = {"oRDER_", "order-1", "7", "r_1", "%", "!", "\u0130", "-4"};
        query = random.nextInt(3) == 0 ? query.containing(texts[random.nextInt(texts.length)]) : query;
        return random.nextBoolean() ? query.oldestFirst() : query;
    }

    private static Predicate<KeyRecord> fits(KeyQuery query) {
        String text = query.text().toLowerCase(Locale.ROOT);
        Set<KeyState> states = query.states();
        return key -> (states.isEmpty() || states.contains(key.state()))
                && query.usage().filter(u -> u != key.usage()).isEmpty()
                && query.origin().filter(o -> o != key.origin()).isEmpty()
                && query.owner().filter(o -> o != OwnerRole.of(key.owner())).isEmpty()
                && key.tags().entrySet().containsAll(query.tags().entrySet())
                && (key.alias().toLowerCase(Locale.ROOT).contains(text)
                        || key.id().toString().contains(text));
    }

    private static Comparator<KeyRecord> order(KeyQuery query) {
        Comparator<KeyRecord> order = Comparator.comparing(KeyRecord::created).thenComparing(KeyRecord::id);
        return query.isOldestFirst() ? order : order.reversed();
    }

    private List<KeyRecord> allPages(KeyQuery query) {
        List<KeyRecord> all = new ArrayList<>();
        Page<KeyRecord> page = store.keys(query);
        while (true) {
            assertThat(page.items()).hasSizeLessThanOrEqualTo(query.limit());
            all.addAll(page.items());
            Optional<String> next = page.next();
            if (next.isEmpty()) {
                return all;
            }
            assertThat(page.items()).hasSize(query.limit());
            page = store.keys(query.after(next.get()));
        }
    }

    @Test
    void count_ofAll_isTheNumberOfLiveKeys() {
        assertThat(store.count(KeyQuery.all())).isEqualTo(model.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "AAAA", "====", "\u00e9", "AQ", " "})
    void cursor_thatIsNone_isRefused(String text) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> store.keys(KeyQuery.all().after(text)));
    }

    @Test
    void cursor_withAnyCharacterChanged_isRefused() {
        String next = store.keys(KeyQuery.all()).next().orElseThrow();

        for (int i = 0; i < next.length(); i++) {
            String changed = next.substring(0, i) + (next.charAt(i) == 'A' ? 'B' : 'A') + next.substring(i + 1);
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> store.keys(KeyQuery.all().after(changed)));
        }
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> store.keys(KeyQuery.all().after(next + "=")));
    }

    @Test
    void cursor_ofAnotherQuery_isRefused() {
        String next = store.keys(KeyQuery.all()).next().orElseThrow();

        for (KeyQuery other : List.of(
                KeyQuery.all().oldestFirst(),
                KeyQuery.all().states(KeyState.ENABLED),
                KeyQuery.all().usage(KeyUsage.ENCRYPT_DECRYPT),
                KeyQuery.all().origin(KeyOrigin.KMS),
                KeyQuery.all().ownedBy(OwnerRole.USER),
                KeyQuery.all().containing("o"),
                KeyQuery.all().tag("t0", "v0"))) {
            assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> store.keys(other.after(next)));
        }
        assertThat(store.keys(KeyQuery.all().limit(3).after(next)).items()).hasSize(3);
    }

    static Stream<KeyQuery> queriesWithAnIndex() {
        return Stream.of(
                        KeyQuery.all(),
                        KeyQuery.all().states(KeyState.ARCHIVED),
                        KeyQuery.all().states(KeyState.ARCHIVED, KeyState.DISABLED),
                        KeyQuery.all().origin(KeyOrigin.EXTERNAL),
                        KeyQuery.all().usage(KeyUsage.ENCRYPT_DECRYPT),
                        KeyQuery.all().ownedBy(OwnerRole.USER),
                        KeyQuery.all().ownedBy(OwnerRole.SERVICE),
                        KeyQuery.all().tag("t0", "v0"),
                        KeyQuery.all().tag("t0", "v0").states(KeyState.ENABLED))
                .flatMap(query -> Stream.of(query, query.oldestFirst()));
    }

    /** What makes a page cost the same with 100 and 100,000 keys: an index in the order of the list, from the cursor on. */
    @ParameterizedTest
    @MethodSource("queriesWithAnIndex")
    void page_isReadAlongAnIndexInItsOrder(KeyQuery query) throws SQLException {
        Cursor cursor = new Cursor(5, model.get(0).id().value());
        Set<KeyState> states = query.states().isEmpty() || !query.tags().isEmpty()
                ? query.states()
                : Set.of(query.states().iterator().next());

        try (Session session = database.dialect().connect(Dialect.Access.READ)) {
            assertReadsAlongAnIndex(plan(session, ListingSql.page(query, states, Optional.of(cursor))));
        }
    }

    /** Returns the steps in which the database would answer the query. */
    abstract List<String> plan(Session session, ListingSql sql) throws SQLException;

    /** Checks that a plan reads no more than the page. */
    abstract void assertReadsAlongAnIndex(List<String> plan);

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static <T> T oneOf(RandomGenerator random, T[] all) {
        return all[random.nextInt(all.length)];
    }
}
