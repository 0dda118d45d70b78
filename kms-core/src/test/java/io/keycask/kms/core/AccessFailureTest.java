package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keycask.kms.AccessControl;
import io.keycask.kms.Caller;
import io.keycask.kms.NewKey;
import io.keycask.kms.Principal;
import io.keycask.kms.StoreException;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.internal.store.AccessRecords;
import io.keycask.kms.core.internal.store.PolicyRecord;
import io.keycask.kms.core.internal.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that cannot be read, or are not those of now, allow nothing. */
final class AccessFailureTest {
    @TempDir
    Path folder;

    private final AtomicReference<Store> store = new AtomicReference<>();
    private final AtomicReference<Optional<StoreException>> failure = new AtomicReference<>(Optional.empty());
    private final AtomicReference<LongUnaryOperator> version = new AtomicReference<>(LongUnaryOperator.identity());
    private EmbeddedKms kms;
    private SymmetricCmk handle;

    @BeforeEach
    void open() {
        kms = TestKms.builder(folder)
                .staleness(Duration.ZERO)
                .storeWrapper(this::faulty)
                .build();
        kms.createKey(NewKey.named("orders"));
        kms.access().createAccount("alice");
        kms.access().attachPolicy(AccessControl.FULL_ACCESS, Principal.account("alice"));
        handle = kms.as(Caller.account("alice")).symmetricKey("orders");
    }

    private Store faulty(Store opened) {
        store.set(opened);
        return new DelegatingStore(opened) {
            @Override
            public long accessVersion() {
                throwFailure();
                return version.get().applyAsLong(super.accessVersion());
            }

            @Override
            public <T> T readAccess(Function<AccessRecords, T> work) {
                throwFailure();
                return super.readAccess(work);
            }
        };
    }

    private void throwFailure() {
        failure.get().ifPresent(e -> {
            throw e;
        });
    }

    @AfterEach
    void close() {
        kms.close();
    }

    @Test
    void storeThatIsAway_failsTheCallsOfAccountsOnly() {
        failure.set(Optional.of(StoreException.retryable("away", null)));

        assertThatExceptionOfType(StoreException.class).isThrownBy(handle::describe);
        assertThat(kms.findKey("orders")).isPresent();

        failure.set(Optional.empty());
        assertThat(handle.describe().alias()).isEqualTo("orders");
    }

    @Test
    void versionThatGoesBack_isDamage() {
        version.set(now -> now - 1);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(handle::describe)
                .withMessageContaining("kms_access row access")
                .matches(e -> !e.isRetryable());
    }

    @Test
    void policyThatThisReleaseDoesNotUnderstand_failsTheCall() {
        store.get().write(transaction -> {
            AccessRecords access = transaction.access();
            access.put(new PolicyRecord("later", 0, Instant.EPOCH, "{\"version\":\"3.0\"}"));
            access.put(access.principal(Principal.account("alice"))
                    .orElseThrow()
                    .policies(policies -> policies.add("later")));
            return true;
        });

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(handle::describe)
                .withMessageContaining("the policy later");
        kms.access().detachPolicy("later", Principal.account("alice"));
        assertThat(handle.describe().alias()).isEqualTo("orders");
    }
}
