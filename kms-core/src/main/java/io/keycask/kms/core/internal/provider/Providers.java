package io.keycask.kms.core.internal.provider;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeyOffer;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KeyUsageException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.CiphertextSuite;
import io.keycask.kms.spi.KeyHandle;
import io.keycask.kms.spi.KeyImporting;
import io.keycask.kms.spi.KeyPairs;
import io.keycask.kms.spi.KeyProvider;
import io.keycask.kms.spi.KeyVersionRef;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The providers by name, in the order in which the application gave them. Immutable. */
public final class Providers {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final Map<String, KeyProvider> byName;
    private final Map<String, Set<Capability>> capabilities;

    private Providers(Map<String, KeyProvider> byName, Map<String, Set<Capability>> capabilities) {
        this.byName = byName;
        this.capabilities = capabilities;
    }

    /**
     * Returns these providers.
     *
     * @throws IllegalArgumentException if there is none, two have one name, or a name has not the form that the SPI says
     */
    public static Providers of(List<KeyProvider> providers) {
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("no key provider was given");
        }
        Map<String, KeyProvider> byName = new LinkedHashMap<>();
        Map<String, Set<Capability>> capabilities = new LinkedHashMap<>();
        for (KeyProvider provider : providers) {
            String name = provider.name();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("provider name '" + name + "': expected " + NAME.pattern());
            }
            KeyProvider twin = byName.put(name, provider);
            if (twin != null) {
                throw new IllegalArgumentException("two providers are named '" + name + "': " + twin + ", " + provider);
            }
            capabilities.put(name, Set.copyOf(provider.capabilities()));
        }
        return new Providers(Collections.unmodifiableMap(byName), Collections.unmodifiableMap(capabilities));
    }

    /** Returns all providers, in the order in which they were given. */
    public Collection<KeyProvider> all() {
        return byName.values();
    }

    /** Returns the provider that was given first: it makes random bytes, and anchors a new store. */
    public KeyProvider first() {
        return byName.values().iterator().next();
    }

    /** Returns the provider of this name, if it was given. */
    public Optional<KeyProvider> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Returns the provider of an existing key.
     *
     * @throws ProviderException if it was not given
     */
    public KeyProvider get(String name) {
        return find(name)
                .orElseThrow(() -> ProviderException.permanent(
                        "the key is held by provider '" + name + "', which was not given; given are " + byName.keySet(),
                        null));
    }

    /**
     * Returns the power of a provider to hold key pairs.
     *
     * @throws ProviderException if the provider was not given, or has not this power
     */
    public KeyPairs keyPairs(String name) {
        if (get(name) instanceof KeyPairs keyPairs) {
            return keyPairs;
        }
        throw ProviderException.permanent("provider '" + name + "' holds no key pairs", null);
    }

    /** Makes the material of a key version in the provider of the key, idempotent as the provider says. */
    public KeyHandle create(KeyMetadata key, KeyVersionRef version) {
        return key.usage() == KeyUsage.ENCRYPT_DECRYPT
                ? get(key.provider()).create(key.spec(), version)
                : keyPairs(key.provider()).createPair(key.spec(), key.usage(), version);
    }

    /** Returns whether the provider declares this. */
    public boolean offers(String provider, Capability capability) {
        return capabilities.getOrDefault(provider, Set.of()).contains(capability);
    }

    /** Returns whether the provider declares the suite for keys of the spec. */
    public boolean offers(String provider, KeySpec spec, CiphertextSuite suite) {
        return offers(provider, Capability.encrypt(spec, suite));
    }

    /** Returns the kinds of key that any provider offers, by usage and name of the spec. */
    public List<KeyOffer> offers() {
        Set<Capability> all =
                capabilities.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
        List<KeySpec> specs = all.stream()
                .map(Capability::spec)
                .distinct()
                .sorted(Comparator.comparing(KeySpec::name))
                .toList();
        return Arrays.stream(KeyUsage.values())
                .flatMap(usage -> specs.stream()
                        .filter(spec -> UsageAlgorithms.of(usage, spec).anyMatch(all::contains))
                        .map(spec -> new KeyOffer(usage, spec, algorithms(usage, spec, all))))
                .toList();
    }

    /** Returns the algorithms that the provider of a key offers for it, in alphabetical order. */
    public List<String> algorithms(KeyMetadata key) {
        return algorithms(key.usage(), key.spec(), capabilities.getOrDefault(key.provider(), Set.of()));
    }

    private static List<String> algorithms(KeyUsage usage, KeySpec spec, Set<Capability> all) {
        return UsageAlgorithms.all(usage, spec)
                .filter(all::contains)
                .map(Capability::algorithm)
                .sorted()
                .toList();
    }

    /**
     * Returns the provider for a new key: the one that is named, or the first that offers the spec for the usage.
     *
     * @throws KeyUsageException if there is none
     */
    public KeyProvider forNewKey(KeySpec spec, KeyUsage usage, Optional<String> name) {
        return byName.values().stream()
                .filter(p -> name.isEmpty() || p.name().equals(name.get()))
                .filter(p -> UsageAlgorithms.of(usage, spec).anyMatch(capability -> offers(p.name(), capability)))
                .findFirst()
                .orElseThrow(() -> new KeyUsageException(
                        ErrorCode.UNSUPPORTED_KEY_USAGE,
                        "no provider" + name.map(n -> " named '" + n + "'").orElse("") + " offers "
                                + usage.documentedName(spec) + " with keys of spec " + spec + "; given are "
                                + byName.keySet()));
    }

    /**
     * Returns the provider for a new key whose material is imported: the one that is named, or the first that offers that
     * for the spec and the usage.
     *
     * @throws KeyUsageException if there is none
     */
    public KeyProvider forImport(KeySpec spec, KeyUsage usage, Optional<String> name) {
        return byName.values().stream()
                .filter(p -> name.isEmpty() || p.name().equals(name.get()))
                .filter(p -> p instanceof KeyImporting && offers(p.name(), Capability.importing(spec)))
                .filter(p -> UsageAlgorithms.of(usage, spec).anyMatch(capability -> offers(p.name(), capability)))
                .findFirst()
                .orElseThrow(() -> new KeyUsageException(
                        ErrorCode.UNSUPPORTED_KEY_USAGE,
                        "no provider" + name.map(n -> " named '" + n + "'").orElse("")
                                + " offers the import of keys of spec " + spec + " for "
                                + usage.documentedName(spec) + "; given are " + byName.keySet()));
    }

    /**
     * Returns the import of the provider of an existing key.
     *
     * @throws ProviderException if it was not given, or cannot import any more
     */
    public KeyImporting importing(String name) {
        if (get(name) instanceof KeyImporting importing) {
            return importing;
        }
        throw ProviderException.permanent("provider '" + name + "' does not take in wrapped material", null);
    }
}
