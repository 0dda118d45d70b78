package io.keycask.kms.soft;

import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyProviderContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class KeystoreRootKeyContractTest extends KeyProviderContract {
    @TempDir
    private Path folder;

    @Override
    protected KeyProvider open() throws Exception {
        Keystores.write(folder.resolve("root.p12"), "changeit", "root", "AES", new byte[32]);
        return reopen();
    }

    @Override
    protected KeyProvider reopen() {
        return SoftProvider.sealedBy(RootKey.keystore(folder.resolve("root.p12"), "changeit".toCharArray(), "root"));
    }
}
