package io.keycask.kms.pkcs11;

import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyProviderContract;

/** The provider on NSS softokn. */
final class NssContractTest extends KeyProviderContract {
    @Override
    protected KeyProvider open() {
        return reopen();
    }

    @Override
    protected KeyProvider reopen() {
        return Pkcs11Provider.open(Nss.token());
    }

    @Override
    protected int calls() {
        return 500;
    }
}
