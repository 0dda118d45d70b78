package io.keycask.kms.soft;

import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyProviderContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileRootKeyContractTest extends KeyProviderContract {
    @TempDir
    private Path folder;

    @Override
    protected KeyProvider open() {
        return SoftProvider.sealedBy(RootKey.file(folder.resolve("secrets/root.key")));
    }

    @Override
    protected KeyProvider reopen() {
        return open();
    }
}
