package io.keycask.kms.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.AccessDecision;
import io.keycask.kms.StatementRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's decisions beside those of {@link NaivePolicies}: 120,000 random requests under 40,000 policies. */
final class RandomPoliciesTest {
    private static final int POLICIES_PER_SEED = 4_000;
    private static final int REQUESTS_PER_POLICY = 3;

    private final PolicyParser parser = new PolicyParser("local");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decisions_areThoseOfTheNaiveEvaluator(long seed) {
        RandomPolicies random = random(seed);
        int allowed = 0;
        for (int i = 0; i < POLICIES_PER_SEED; i++) {
            List<NaivePolicies.Statement> policy = random.policy();
            Grants grants = grants(policy);
            for (int j = 0; j < REQUESTS_PER_POLICY; j++) {
                AccessRequest request = RandomPolicies.about(
                        random.request(),
                        random.one(RandomPolicies.CREATORS),
                        random.one(RandomPolicies.KEY_IDS),
                        random.one(RandomPolicies.TAGS));

                AccessDecision decision = grants.decide(request);

                boolean expected = NaivePolicies.isAllowed(policy, RandomPolicies.naive(request));
                if (decision.isAllowed() != expected || !isRightStatement(policy, decision)) {
                    throw new AssertionError(decision + " for " + request + " under " + RandomPolicies.json(policy));
                }
                allowed += expected ? 1 : 0;
            }
        }
        // a test of a world in which nearly everything is denied would show little
        assertThat(allowed).isGreaterThan(POLICIES_PER_SEED * REQUESTS_PER_POLICY / 20);
    }

    private static boolean isRightStatement(List<NaivePolicies.Statement> policy, AccessDecision decision) {
        return decision.decidedBy()
                .map(by -> policy.get(by.index()).effect().equals(decision.isAllowed() ? "allow" : "deny"))
                .orElse(!decision.isAllowed());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsAllowedForAnUnknownKey_isAllowedForEveryKeyThatItCouldBe(long seed) {
        RandomPolicies random = random(seed);
        int allowed = 0;
        for (int i = 0; i < POLICIES_PER_SEED / 4; i++) {
            List<NaivePolicies.Statement> policy = random.policy();
            AccessRequest request = random.request();
            if (request.action().scope() == Action.Scope.KEY) {
                Optional<String> keyId =
                        i % 2 == 0 ? Optional.empty() : Optional.of(random.one(RandomPolicies.KEY_IDS));
                if (grants(policy).allow(RandomPolicies.aboutAnUnknownKey(request, keyId))) {
                    allowed++;
                    requireAllowedForAll(policy, request, keyId);
                }
            }
        }
        assertThat(allowed).isPositive();
    }

    private static void requireAllowedForAll(
            List<NaivePolicies.Statement> policy, AccessRequest request, Optional<String> keyId) {
        for (String id : keyId.map(List::of).orElse(RandomPolicies.KEY_IDS)) {
            for (String creator : RandomPolicies.CREATORS) {
                for (Map<String, String> tags : RandomPolicies.TAGS) {
                    AccessRequest known = RandomPolicies.about(request, creator, id, tags);
                    assertThat(NaivePolicies.isAllowed(policy, RandomPolicies.naive(known)))
                            .as("%s under %s", known, RandomPolicies.json(policy))
                            .isTrue();
                }
            }
        }
    }

    private Grants grants(List<NaivePolicies.Statement> policy) {
        List<PlacedStatement> placed = new ArrayList<>();
        for (PolicyStatement statement : parser.parse(RandomPolicies.json(policy))) {
            placed.add(PlacedStatement.of(
                    placed.size(), new StatementRef("p", placed.size()), Optional.empty(), statement));
        }
        return Grants.of(placed);
    }

    private static RandomPolicies random(long seed) {
        return new RandomPolicies(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }
}
