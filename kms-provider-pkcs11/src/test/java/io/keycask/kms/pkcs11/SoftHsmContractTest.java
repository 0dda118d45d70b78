package io.keycask.kms.pkcs11;

import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyProviderContract;

/** The provider on SoftHSM2. */
final class SoftHsmContractTest extends KeyProviderContract {
    private Pkcs11Configuration token;

    @Override
    protected KeyProvider open() {
        token = SoftHsm.newToken();
        return reopen();
    }

    @Override
    protected KeyProvider reopen() {
        return Pkcs11Provider.open(token);
    }

    @Override
    protected int calls() {
        return 500;
    }
}
