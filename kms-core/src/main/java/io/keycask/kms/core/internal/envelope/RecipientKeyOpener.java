package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.AccessDeniedException;
import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.DecryptionException;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyNotFoundException;
import io.keycask.kms.KeyStateException;
import io.keycask.kms.KmsException;
import io.keycask.kms.ProviderException;
import io.keycask.kms.StoreException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens the data key of a message with the first recipient's key that can be used.
 *
 * <p>Entries of other programs are passed over. If no key can be used, the answer is the failure that tells the caller most:
 * a provider or store that is away (waiting may help) before the state of a key, before a missing permission, before a
 * key that does not exist; a rejection only if there is nothing else to say. The others are its suppressed exceptions.
 */
final class RecipientKeyOpener implements KeyOpener {
    private final DataKeySource source;
    private final Predicate<KeyId> mayUse;

    private RecipientKeyOpener(DataKeySource source, Predicate<KeyId> mayUse) {
        this.source = source;
        this.mayUse = mayUse;
    }

    /** Returns an opener that uses every key of the source. */
    static KeyOpener withAnyKey(DataKeySource source) {
        return new RecipientKeyOpener(source, key -> true);
    }

    /** Returns an opener that uses no other key than this one. */
    static KeyOpener withKey(DataKeySource source, KeyId only) {
        return new RecipientKeyOpener(source, only::equals);
    }

    @Override
    public <T> T open(MessageHeader header, Function<byte[], T> action) {
        try (DataKey dataKey = unwrap(header)) {
            return dataKey.<T, RuntimeException>use(action::apply);
        }
    }

    private DataKey unwrap(MessageHeader header) {
        KmsException mostTelling = new DecryptionException();
        for (EncryptedDataKey entry : header.dataKeys()) {
            Ciphertext candidate = candidate(entry);
            if (candidate == null) {
                continue;
            }
            try {
                return source.unwrap(candidate, header.context());
            } catch (KmsException failure) {
                mostTelling = moreTelling(mostTelling, failure);
            }
        }
        throw mostTelling;
    }

    // ENV-10, ENV-11: only our entries, and only if both places name the same key.
    private @Nullable Ciphertext candidate(EncryptedDataKey entry) {
        if (!entry.isOf(RecipientKeys.PROVIDER_ID) || entry.ciphertext().length > Ciphertext.MAX_BYTES) {
            return null;
        }
        Ciphertext wrapped = Ciphertext.copyOf(entry.ciphertext());
        Optional<KeyId> key = source.keyOf(wrapped);
        boolean usable = key.filter(mayUse)
                .filter(id -> Arrays.equals(RecipientKeys.providerInfo(id), entry.providerInfo()))
                .isPresent();
        return usable ? wrapped : null;
    }

    private static KmsException moreTelling(KmsException one, KmsException other) {
        KmsException winner = rank(other) > rank(one) ? other : one;
        KmsException loser = winner == one ? other : one;
        if (winner != loser) {
            winner.addSuppressed(loser);
        }
        return winner;
    }

    private static int rank(KmsException failure) {
        if (failure instanceof DecryptionException) {
            return 0;
        } else if (failure instanceof KeyNotFoundException) {
            return 2;
        } else if (failure instanceof AccessDeniedException) {
            return 3;
        } else if (failure instanceof KeyStateException) {
            return 4;
        } else if (failure instanceof ProviderException || failure instanceof StoreException) {
            return failure.isRetryable() ? 6 : 5;
        }
        return 1;
    }
}
