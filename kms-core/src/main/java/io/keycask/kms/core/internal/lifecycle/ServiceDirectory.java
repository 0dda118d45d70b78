package io.keycask.kms.core.internal.lifecycle;

import io.keycask.kms.Caller;
import io.keycask.kms.KeyOffer;
import io.keycask.kms.KeyQuery;
import io.keycask.kms.ProviderStatus;
import io.keycask.kms.ServiceStatus;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.Store;
import io.keycask.kms.spi.Health;
import java.util.List;

/** Describes the service itself: its region, what keys it offers, and how it is. */
public final class ServiceDirectory {
    private final CallPath path;
    private final Store store;
    private final Providers providers;
    private final String region;

    /** A directory over these parts. */
    public ServiceDirectory(CallPath path, Store store, Providers providers, String region) {
        this.path = path;
        this.store = store;
        this.providers = providers;
        this.region = region;
    }

    private record Status(boolean isEnabled, long keyCount, List<ProviderStatus> providers) implements ServiceStatus {}

    /** Returns the regions. */
    public List<String> regions(Caller caller) {
        return path.call(Operation.GET_REGIONS, caller, details -> List.of(region));
    }

    /** Returns the kinds of key that can be created. */
    public List<KeyOffer> offers(Caller caller) {
        return path.call(Operation.LIST_ALGORITHMS, caller, details -> providers.offers());
    }

    /** Returns how the service is. */
    public ServiceStatus status(Caller caller) {
        return path.call(Operation.GET_SERVICE_STATUS, caller, details -> {
            List<ProviderStatus> all = providers.all().stream()
                    .map(provider -> {
                        Health health = provider.health();
                        return new ProviderStatus(provider.name(), health.isUp(), health.detail());
                    })
                    .toList();
            return new Status(all.stream().allMatch(ProviderStatus::isUp), store.count(KeyQuery.all()), all);
        });
    }
}
