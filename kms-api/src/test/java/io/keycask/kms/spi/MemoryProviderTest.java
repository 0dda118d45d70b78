package io.keycask.kms.spi;

/** The contract, fulfilled by a provider that keeps its material outside of the handles. */
final class MemoryProviderTest extends KeyProviderContract {
    private MemoryProvider.Device device;

    @Override
    protected KeyProvider open() {
        device = new MemoryProvider.Device();
        return reopen();
    }

    @Override
    protected KeyProvider reopen() {
        return new MemoryProvider("memory", device);
    }
}
