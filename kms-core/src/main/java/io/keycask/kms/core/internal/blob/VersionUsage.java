package io.keycask.kms.core.internal.blob;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.LimitExceededException;
import io.keycask.kms.StoreException;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the encryptions of key versions that may encrypt only so often.
 *
 * <p>A process reserves a block of uses in the store before it takes the first of them, so however many processes there are,
 * together they never exceed the bound. What is left of a block when the process ends was used, as far as anybody knows.
 * Taking a use is one atomic decrement; only who finds none left waits for the store. Thread-safe. At most {@value
 * #MAX_VERSIONS} versions are remembered.
 */
final class VersionUsage {
    private static final int MAX_VERSIONS = 100_000;

    private final ConcurrentHashMap<KeyVersionRef, Allowance> allowances = new ConcurrentHashMap<>();
    private final Store store;
    private final UsageLimits limits;

    VersionUsage(Store store, UsageLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * Takes one use of the version.
     *
     * @throws LimitExceededException if none is left
     * @throws StoreException if one has to be reserved and the store cannot do that
     */
    void take(KeyVersionRef version) {
        Allowance known = allowances.get(version);
        (known == null ? remember(version) : known).take();
    }

    private Allowance remember(KeyVersionRef version) {
        if (allowances.size() >= MAX_VERSIONS) {
            allowances.keySet().stream().limit(MAX_VERSIONS / 10).toList().forEach(allowances::remove);
        }
        return allowances.computeIfAbsent(version, Allowance::new);
    }

    private Store.Block reserve(KeyVersionRef version, long known, long size) {
        return store.write(transaction -> {
            if (transaction.key(version.keyId()).isEmpty()) {
                throw new KeyNotFoundException("no key " + version.keyId());
            }
            return transaction.reserve(version, known, size, limits.bound());
        });
    }

    /** The uses that this process reserved and has not taken yet; none, or less than none, is left when they are all taken. */
    private final class Allowance {
        private final KeyVersionRef version;
        private final AtomicLong left = new AtomicLong();
        private final Object reserving = new Object();
        private long reserved; // guarded by reserving, like the two below
        private long size = limits.firstBlock();
        private boolean isSpent;

        Allowance(KeyVersionRef version) {
            this.version = version;
        }

        void take() {
            if (left.getAndDecrement() <= 0) {
                synchronized (reserving) {
                    if (left.getAndDecrement() <= 0) { // else another thread reserved some meanwhile
                        takeFirst(nextBlock());
                    }
                }
            }
        }

        private Store.Block nextBlock() {
            if (isSpent) {
                throw exceeded();
            }
            Store.Block block = reserve(version, reserved, size);
            if (block.size() == 0) {
                isSpent = true; // what is reserved never becomes less
                throw exceeded();
            }
            return block;
        }

        private void takeFirst(Store.Block block) {
            reserved = block.end();
            size = Math.min(2 * size, limits.maxBlock());
            left.set(block.size() - 1); // nothing is lost here: only who holds the lock adds, and none was left
        }

        private LimitExceededException exceeded() {
            return new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "key version " + version + " has no use left; AES-256-GCM with random nonces is limited to "
                            + limits.bound());
        }
    }
}
