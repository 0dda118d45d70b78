package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.AccessControl;
import io.keycask.kms.Caller;
import io.keycask.kms.KeyId;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.Principal;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.operation.Operation;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/access-control.md} do what it says. */
final class AccessGuideTest {
    private static final Path GUIDE = Path.of("../docs/access-control.md");
    private static final Path THIS = Path.of("src/test/java/io/keycask/kms/core/AccessGuideTest.java");

    @TempDir
    Path folder;

    @Test
    void policies_ofTheGuide_doWhatItSays() throws Exception {
        List<String> policies = blocks("json");
        assertThat(policies).hasSize(2);
        try (EmbeddedKms kms = TestKms.builder(folder).build()) {
            KeyId paid =
                    kms.createKey(NewKey.named("orders").tag("team", "pay")).id();
            KeyId bare = kms.createKey(NewKey.named("bare")).id();
            use(kms, policies.get(0), InetAddress.getByName("10.1.2.3"));
            AccessControl access = kms.access();
            Caller alice = Caller.account("alice").sourceAddress(InetAddress.getByName("10.1.2.3"));

            assertThat(access.simulate(alice, "kms:Encrypt", paid).isAllowed()).isTrue();
            assertThat(access.simulate(alice, "kms:Encrypt", bare).isAllowed()).isFalse();
            assertThat(access.simulate(Caller.account("alice"), "kms:Encrypt", paid)
                            .isAllowed())
                    .isFalse();
            access.attachPolicy(AccessControl.FULL_ACCESS, Principal.account("alice"));
            assertThat(access.simulate(alice, "kms:ScheduleKeyDeletion", bare).isAllowed())
                    .isFalse();
            assertThat(access.simulate(alice, "kms:Encrypt", bare).isAllowed()).isTrue();

            access.createPolicy("others", policies.get(1));
            access.attachPolicy("others", Principal.account("alice"));
            assertThat(access.simulate(alice, "kms:Encrypt", bare).isAllowed()).isFalse();
            assertThat(access.simulate(alice, "kms:Encrypt", paid).isAllowed()).isTrue();
        }
    }

    private static void use(EmbeddedKms kms, String document, InetAddress address) {
        AccessControl access = kms.access();
        access.createAccount("alice");
        access.createPolicy("use-orders", document);
        access.attachPolicy("use-orders", Principal.account("alice"));

        Kms view = kms.as(Caller.account("alice").sourceAddress(address).attribute("mfa", "true"));
        SymmetricCmk orders = view.symmetricKey("orders");
        assertThat(orders.describe().alias()).isEqualTo("orders");
    }

    @Test
    void program_ofTheGuide_isTheOneAbove() throws Exception {
        String source = Files.readString(THIS).replaceAll("\\s+", " ");

        assertThat(blocks("java"))
                .singleElement()
                .satisfies(block -> assertThat(source).contains(block.strip().replaceAll("\\s+", " ")));
    }

    @Test
    void guide_namesEveryActionOnAccess() throws Exception {
        String guide = Files.readString(GUIDE);

        assertThat(Operation.values())
                .filteredOn(operation -> operation.action().name().startsWith("cam:"))
                .allSatisfy(operation -> assertThat(guide).contains("`cam:" + operation.eventName() + "`"));
    }

    private static List<String> blocks(String language) throws Exception {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
