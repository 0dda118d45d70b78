package io.keycask.kms.soft;

import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyProviderContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class PassphraseRootKeyContractTest extends KeyProviderContract {
    private static final Argon2Parameters.Cost LOW = new Argon2Parameters.Cost(8 * 1024, 1, 1);

    @TempDir
    private Path folder;

    @Override
    protected KeyProvider open() {
        return SoftProvider.sealedBy(
                RootKey.passphrase("correct horse".toCharArray(), folder.resolve("secrets/root.params"), LOW));
    }

    @Override
    protected KeyProvider reopen() {
        return open();
    }
}
