package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.AccessControl;
import io.keycask.kms.AccessDecision;
import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.Caller;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.InvalidRequestException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyUser;
import io.keycask.kms.Kms;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.NewKey;
import io.keycask.kms.Permission;
import io.keycask.kms.Principal;
import io.keycask.kms.StatementRef;
import io.keycask.kms.SymmetricCmk;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What accounts may do by their policies. */
final class AccessControlTest {
    private static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");
    private static final KeyId NOBODYS = new KeyId(UUID.fromString("0197a3c0-0000-7000-8000-000000000009"));
    private static final Caller ALICE = Caller.account("alice");
    private static final Principal ALICES = Principal.account("alice");

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-24T08:00:00Z"));
    private EmbeddedKms kms;
    private AccessControl access;
    private SymmetricCmk orders;

    @BeforeEach
    void open() {
        kms = TestKms.builder(folder)
                .clock(clock)
                .staleness(Duration.ofMinutes(1)) // a change of this process counts at once all the same
                .build();
        access = kms.access();
        access.createAccount("alice");
        orders = kms.createKey(NewKey.named("orders").tag("team", "pay"));
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void policy_thatNamesAKey_allowsThatKeyOnly() {
        SymmetricCmk invoices = kms.createKey(NewKey.named("invoices"));
        allow("alice", "[\"kms:DescribeKey\", \"kms:Encrypt\"]", resource(orders.id()));
        Kms view = kms.as(ALICE);

        Ciphertext ciphertext = view.symmetricKey(orders.id()).encrypt(new byte[1], CONTEXT);

        refused(() -> view.decrypt(ciphertext, CONTEXT));
        refused(() -> view.symmetricKey(invoices.id()));
        refused(() -> view.symmetricKey("invoices"));
        refused(() -> view.listKeys(KeyQuery.all()));
    }

    @Test
    void change_takesEffectAtOnceAlsoForHandlesThatExist() {
        access.attachPolicy(AccessControl.FULL_ACCESS, ALICES);
        SymmetricCmk handle = kms.as(ALICE).symmetricKey("orders");
        handle.encrypt(new byte[1], CONTEXT);

        access.createPolicy("no", policy("deny", "\"kms:Encrypt\"", "*"));
        access.attachPolicy("no", ALICES);
        refused(() -> handle.encrypt(new byte[1], CONTEXT));

        access.updatePolicy("no", policy("deny", "\"kms:Decrypt\"", "*"));
        handle.encrypt(new byte[1], CONTEXT);

        access.detachPolicy(AccessControl.FULL_ACCESS, ALICES);
        refused(() -> handle.encrypt(new byte[1], CONTEXT));
        access.attachPolicy(AccessControl.FULL_ACCESS, ALICES);
        access.deleteAccount("alice");
        refused(() -> handle.encrypt(new byte[1], CONTEXT));
    }

    @Test
    void group_givesItsPoliciesToItsMembers() {
        access.createGroup("readers");
        access.attachPolicy(AccessControl.READ_ONLY, Principal.group("readers"));
        access.addMember("readers", "alice");
        Kms view = kms.as(ALICE);

        assertThat(view.listKeys(KeyQuery.all()).items()).hasSize(1);
        SymmetricCmk handle = view.symmetricKey("orders");
        refused(handle::disable);
        refused(() -> handle.encrypt(new byte[1], CONTEXT));
        refused(() -> view.access().policies());

        access.removeMember("readers", "alice");
        refused(handle::describe);
        refused(() -> kms.as(Caller.account("readers")).symmetricKey("orders"));
    }

    @Test
    void keyThatDoesNotExist_isSaidOnlyToThoseWhoMayUseAnyKey() {
        allow("alice", "\"kms:*\"", "qcs::kms:local:uin/root:key/*");
        Kms view = kms.as(ALICE);
        assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> view.key(NOBODYS));
        assertThat(view.findKey("nobodys")).isEmpty();

        access.createPolicy(
                "not-pay",
                "{\"version\":\"2.0\",\"statement\":{\"effect\":\"deny\",\"action\":\"*\",\"resource\":\"*\",\"condition\":"
                        + "{\"for_any_value:string_equal\":{\"qcs:resource_tag\":\"team&pay\"}}}}");
        access.attachPolicy("not-pay", ALICES);

        String refusal = refused(() -> view.key(orders.id()));
        assertThat(refused(() -> view.key(NOBODYS))).isEqualTo(refusal);
        assertThat(refused(() -> view.findKey("nobodys"))).isEqualTo(refusal);
        assertThat(refused(() -> view.disableKeys(List.of(NOBODYS)))).isEqualTo(refusal);
    }

    @Test
    void conditions_seeTagsAddressTimeAndAttributes() throws Exception {
        access.createPolicy("office-hours", """
                {"version": "2.0", "statement": [{
                  "effect": "allow", "action": "kms:*", "resource": "*",
                  "condition": {
                    "for_any_value:string_equal": {"qcs:resource_tag": "team&pay"},
                    "ip_equal": {"qcs:ip": "10.0.0.0/8"},
                    "bool_equal": {"mfa": "true"},
                    "date_less_than": {"qcs:current_time": "2026-11-24T18:00:00Z"}
                  }
                }]}
                """);
        access.attachPolicy("office-hours", ALICES);
        Caller inside = ALICE.sourceAddress(InetAddress.getByName("10.1.1.1")).attribute("mfa", "true");

        SymmetricCmk handle = kms.as(inside).symmetricKey("orders");
        refused(() -> kms.as(ALICE).symmetricKey("orders"));
        refused(() -> kms.as(ALICE.attribute("mfa", "true")).symmetricKey("orders"));
        refused(() -> kms.as(inside.attribute("mfa", "false")).symmetricKey("orders"));

        clock.advance(Duration.ofHours(10));
        refused(handle::describe);
        clock.advance(Duration.ofHours(-10));
        handle.describe();
        orders.updateTags(Map.of("team", "dev"));
        refused(handle::describe);
    }

    @Test
    void requestTags_limitWhatMayBeSet() {
        access.createPolicy("own-team", """
                {"version": "2.0", "statement": [{
                  "effect": "allow", "action": ["kms:CreateKey", "kms:UpdateKeyTags", "kms:DescribeKey"],
                  "resource": "*"
                }, {
                  "effect": "deny", "action": ["kms:CreateKey", "kms:UpdateKeyTags"], "resource": "*",
                  "condition": {"for_any_value:string_not_equal": {"qcs:request_tag": "team&dev"}}
                }]}
                """);
        access.attachPolicy("own-team", ALICES);
        Kms view = kms.as(ALICE);

        SymmetricCmk created = view.createKey(NewKey.named("mine").tag("team", "dev"));
        refused(() -> view.createKey(NewKey.named("theirs").tag("team", "pay")));
        refused(() -> view.createKey(NewKey.named("none")));
        refused(() -> created.updateTags(Map.of("team", "dev", "stage", "live")));
        created.updateTags(Map.of("team", "dev"));
    }

    @Test
    void reEncrypt_asksForBothKeys() {
        SymmetricCmk archive = kms.createKey(NewKey.named("archive"));
        Ciphertext ciphertext = orders.encrypt(new byte[1], CONTEXT);
        allow("alice", "\"kms:DescribeKey\"", "*");
        SymmetricCmk handle = kms.as(ALICE).symmetricKey("archive");

        access.createPolicy("from", policy("allow", "\"kms:ReEncrypt\"", resource(orders.id())));
        access.createPolicy("to", policy("allow", "\"kms:ReEncrypt\"", resource(archive.id())));
        access.attachPolicy("from", ALICES);
        refused(() -> handle.reEncrypt(ciphertext, CONTEXT, CONTEXT));
        access.attachPolicy("to", ALICES);
        assertThat(handle.reEncrypt(ciphertext, CONTEXT, CONTEXT).keyId()).isEqualTo(archive.id());
        access.detachPolicy("from", ALICES);
        refused(() -> handle.reEncrypt(ciphertext, CONTEXT, CONTEXT));
    }

    @Test
    void operationOnTheWhole_isNotCoveredByAStatementThatNamesAKey() {
        allow("alice", "\"kms:*\"", resource(orders.id()), "qcs::kms:local:uin/root:key/creatorUin/user/*");
        Kms view = kms.as(ALICE);

        view.symmetricKey("orders");
        refused(() -> view.createKey(NewKey.named("more")));
        refused(() -> view.generateRandom(1));
        refused(() -> view.countKeys(KeyQuery.all()));
    }

    @Test
    void accessAdministration_isNotPartOfFullAccess() {
        access.attachPolicy(AccessControl.FULL_ACCESS, ALICES);
        refused(() -> kms.as(ALICE).access().attachPolicy(AccessControl.READ_ONLY, ALICES));

        allow("alice", "\"cam:*\"", "*");
        kms.as(ALICE).access().attachPolicy(AccessControl.READ_ONLY, ALICES);
        assertThat(kms.as(ALICE).access().attachedPolicies(ALICES)).contains(AccessControl.READ_ONLY);
    }

    @Test
    void simulate_namesTheStatementThatDecides() {
        access.createPolicy("p", policy("allow", "\"kms:Encrypt\"", "*"));
        access.createPolicy("q", policy("deny", "\"kms:*\"", resource(orders.id())));
        access.attachPolicy("p", ALICES);

        assertThat(access.simulate(ALICE, "name/kms:encrypt", orders.id())).isEqualTo(decision(true, "p"));
        assertThat(access.simulate(ALICE, "kms:Encrypt", "*", Map.of())).isEqualTo(decision(true, "p"));
        access.attachPolicy("q", ALICES);
        assertThat(access.simulate(ALICE, "kms:Encrypt", orders.id())).isEqualTo(decision(false, "q"));
        assertThat(access.simulate(ALICE, "kms:Encrypt", resource(orders.id()), Map.of()))
                .isEqualTo(decision(false, "q"));
        assertThat(access.simulate(ALICE, "kms:Encrypt", resource(NOBODYS), Map.of()))
                .isEqualTo(decision(true, "p"));
        assertThat(access.simulate(ALICE, "kms:Encrypt", "*", Map.of())).isEqualTo(decision(false, "q"));
        assertThat(access.simulate(ALICE, "kms:Decrypt", resource(NOBODYS), Map.of()))
                .isEqualTo(new AccessDecision(false, Optional.empty()));
        assertThat(access.simulate(Caller.root(), "kms:Decrypt", orders.id()).isAllowed())
                .isTrue();
    }

    @Test
    void simulate_believesTheAttributesThatAreGiven() {
        access.createPolicy(
                "night",
                "{\"version\":\"2.0\",\"statement\":{\"effect\":\"allow\",\"action\":\"*\",\"resource\":\"*\",\"condition\":{"
                        + "\"date_greater_than\":{\"qcs:current_time\":\"2026-11-24T22:00:00Z\"},"
                        + "\"for_any_value:string_like\":{\"qcs:resource_tag\":\"team&*\"}}}}");
        access.attachPolicy("night", ALICES);

        assertThat(access.simulate(ALICE, "kms:Encrypt", orders.id()).isAllowed())
                .isFalse();
        assertThat(access.simulate(
                                ALICE,
                                "kms:Encrypt",
                                resource(NOBODYS),
                                Map.of(
                                        "qcs:current_time", List.of("2026-11-24T23:00:00Z"),
                                        "qcs:resource_tag", List.of("stage&x", "team&y")))
                        .isAllowed())
                .isTrue();
    }

    @Test
    void questions_ofWhoMayDoWhat_areAnswered() {
        access.createAccount("bob");
        access.createAccount("carol");
        access.createGroup("ops");
        access.addMember("ops", "bob");
        access.attachPolicy(AccessControl.FULL_ACCESS, Principal.group("ops"));
        access.createPolicy(
                "mfa",
                "{\"version\":\"2.0\",\"statement\":{\"effect\":\"allow\",\"action\":\"kms:*\",\"resource\":\"*\","
                        + "\"condition\":{\"bool_equal\":{\"mfa\":true}}}}");
        access.attachPolicy("mfa", ALICES);

        assertThat(access.usersOf(orders.id(), "kms:Encrypt"))
                .containsExactly(new KeyUser("alice", true), new KeyUser("bob", false));
        assertThat(access.permissionsOf(Caller.account("bob")))
                .containsExactly(new Permission(
                        new StatementRef(AccessControl.FULL_ACCESS, 0),
                        Optional.of("ops"),
                        true,
                        List.of("kms:*"),
                        List.of("*"),
                        false));
        assertThat(access.permissionsOf(Caller.account("carol"))).isEmpty();
        assertThat(access.members("ops")).containsExactly("bob");
        assertThat(access.accounts()).containsExactly("alice", "bob", "carol");
        assertThat(access.groups()).containsExactly("ops");
        assertThat(access.policies()).containsExactly("mfa");
        assertThat(access.policy("mfa")).contains("bool_equal");
        assertThat(access.policy(AccessControl.READ_ONLY)).contains("kms:Describe*");
    }

    @Test
    void whatIsNamed_hasToExistOrNot() {
        access.createPolicy("p", policy("allow", "\"*\"", "*"));
        access.attachPolicy("p", ALICES);
        access.createGroup("ops");
        access.addMember("ops", "alice");

        invalid(() -> access.createPolicy("p", policy("allow", "\"*\"", "*")));
        invalid(() -> access.createPolicy("preset/mine", policy("allow", "\"*\"", "*")));
        invalid(() -> access.createPolicy("q", "{}"));
        invalid(() -> access.updatePolicy("q", policy("allow", "\"*\"", "*")));
        invalid(() -> access.deletePolicy("p"));
        invalid(() -> access.policy("q"));
        invalid(() -> access.createAccount("alice"));
        invalid(() -> access.createAccount("root"));
        invalid(() -> access.deleteAccount("bob"));
        invalid(() -> access.createGroup("ops"));
        invalid(() -> access.deleteGroup("ops"));
        invalid(() -> access.addMember("ops", "bob"));
        invalid(() -> access.addMember("devs", "alice"));
        invalid(() -> access.attachPolicy("preset/unknown", ALICES));
        invalid(() -> access.attachPolicy("q", ALICES));
        invalid(() -> access.simulate(ALICE, "kms:*", orders.id()));
        invalid(() -> access.simulate(ALICE, "kms:Encrypt", "qcs::kms:elsewhere:uin/root:key/*", Map.of()));

        access.removeMember("ops", "alice");
        access.deleteGroup("ops");
        access.detachPolicy("p", ALICES);
        access.deletePolicy("p");
        assertThat(access.groups()).isEmpty();
        assertThat(access.policies()).isEmpty();
    }

    @Test
    void limits_areKept() {
        for (int i = 0; i < AccessControl.MAX_GROUPS_OF_ACCOUNT; i++) {
            access.createGroup("g" + i);
            access.addMember("g" + i, "alice");
        }
        access.createGroup("more");
        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> access.addMember("more", "alice"));
        access.addMember("g0", "alice");

        for (int i = 0; i < AccessControl.MAX_POLICIES_OF_PRINCIPAL; i++) {
            access.createPolicy("p" + i, policy("allow", "\"*\"", "*"));
            access.attachPolicy("p" + i, ALICES);
        }
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> access.attachPolicy(AccessControl.READ_ONLY, ALICES));
        access.attachPolicy("p0", ALICES);
    }

    @Test
    void secondService_withoutStaleness_seesAChangeAtItsNextCall() {
        try (EmbeddedKms second =
                TestKms.builder(folder).staleness(Duration.ZERO).build()) {
            Kms view = second.as(ALICE);
            refused(() -> view.symmetricKey("orders"));
            access.attachPolicy(AccessControl.READ_ONLY, ALICES);
            SymmetricCmk handle = view.symmetricKey("orders");
            access.detachPolicy(AccessControl.READ_ONLY, ALICES);
            refused(handle::describe);
        }
    }

    private void allow(String account, String actions, String... resources) {
        String name = "p" + access.policies().size();
        access.createPolicy(name, policy("allow", actions, resources));
        access.attachPolicy(name, Principal.account(account));
    }

    private static String policy(String effect, String actions, String... resources) {
        return "{\"version\":\"2.0\",\"statement\":{\"effect\":\"" + effect + "\",\"action\":" + actions
                + ",\"resource\":[\"" + String.join("\",\"", resources) + "\"]}}";
    }

    private static String resource(KeyId key) {
        return "qcs::kms:local:uin/root:key/creatorUin/user/" + key;
    }

    private static AccessDecision decision(boolean allowed, String policy) {
        return new AccessDecision(allowed, Optional.of(new StatementRef(policy, 0)));
    }

    private static void invalid(Runnable action) {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(action::run);
    }

    private static String refused(Runnable action) {
        AccessDeniedException[] refusal = new AccessDeniedException[1];
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(action::run)
                .satisfies(e -> refusal[0] = e);
        return String.valueOf(refusal[0].getMessage());
    }
}
