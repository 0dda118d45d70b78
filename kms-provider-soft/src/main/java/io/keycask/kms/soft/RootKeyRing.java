package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import io.keycask.kms.spi.Health;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;

/**
 * The root key that seals, and the earlier ones that still open.
 *
 * <p>The id in a token says which one opens it; a tag that is wrong under that one is damage, never a reason to try
 * another. Thread-safe.
 */
final class RootKeyRing implements AutoCloseable {
    private final RootKey current;
    private final List<RootKey> earlier;

    RootKeyRing(RootKey current, List<RootKey> earlier) {
        this.current = current;
        this.earlier = List.copyOf(earlier);
    }

    /** Returns this ring with one more key that opens. */
    RootKeyRing previously(RootKey old) {
        return new RootKeyRing(
                current, Stream.concat(earlier.stream(), Stream.of(old)).toList());
    }

    /** Seals under the current root key, which is created if there is none yet. */
    byte[] seal(SealedFormat format, byte[] belongsTo, byte[] secret) {
        return current.findOrCreate().seal(format, belongsTo, secret);
    }

    /**
     * Opens what one of the root keys sealed; creates nothing.
     *
     * @param what for messages
     * @return the secret, which the caller has to wipe
     */
    byte[] open(SealedFormat format, byte[] belongsTo, byte[] sealed, String what) {
        SealedToken token = SealedToken.parse(format, sealed, what);
        SealingKeys keys = find(token.rootKeyId()).orElseThrow(() -> unknown(token.rootKeyId(), what));
        try {
            return keys.open(format, belongsTo, token);
        } catch (AEADBadTagException e) {
            throw ProviderException.permanent(what + " is damaged, or was sealed for something else", e);
        }
    }

    /** Returns whether this is sealed under the current root key. */
    boolean isCurrent(SealedFormat format, byte[] sealed, String what) {
        RootKeyId id = SealedToken.parse(format, sealed, what).rootKeyId();
        return current.find().filter(keys -> keys.id().equals(id)).isPresent();
    }

    private Stream<RootKey> all() {
        return Stream.concat(Stream.of(current), earlier.stream());
    }

    private Optional<SealingKeys> find(RootKeyId id) {
        return all().map(RootKey::find)
                .flatMap(Optional::stream)
                .filter(keys -> keys.id().equals(id))
                .findFirst();
    }

    private ProviderException unknown(RootKeyId id, String what) {
        String found = all().map(key -> key.find()
                        .map(keys -> key.origin() + " is " + keys.id())
                        .orElse(key.origin() + " is missing"))
                .collect(Collectors.joining(", "));
        return ProviderException.permanent(what + " was sealed under another root key: " + id + "; " + found, null);
    }

    /** Returns whether every root key can be read; one that does not exist yet is no fault. */
    Health health() {
        try {
            return current.find().isPresent()
                    ? Health.up()
                    : new Health(true, current.origin() + " does not exist yet; the first use creates it");
        } catch (ProviderException e) {
            return Health.down(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        all().forEach(RootKey::close);
    }
}
