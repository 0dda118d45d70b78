package io.keycask.kms.soft;

import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyProviderContract;

/** Also with a second name, and a cache that hardly holds anything. */
final class GivenRootKeyContractTest extends KeyProviderContract {
    @Override
    protected KeyProvider open() {
        return SoftProvider.sealedBy(RootKey.of(new byte[32]), 2).named("soft-2");
    }

    @Override
    protected KeyProvider reopen() {
        return open();
    }
}
