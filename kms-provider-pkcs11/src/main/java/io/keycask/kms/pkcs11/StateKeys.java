package io.keycask.kms.pkcs11;

import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Template;
import io.keycask.kms.pkcs11.session.Mechanism;
import io.keycask.kms.pkcs11.session.Session;
import io.keycask.kms.pkcs11.session.TokenSessions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The keys on the token that seal the engine's own state. A process makes one of its own when it first seals something,
 * under a random name that the sealed bytes carry: so two processes that begin at once are in nobody's way.
 */
final class StateKeys {
    private final TokenSessions token;
    private final SecureRandom random = new SecureRandom();
    private final Object lock = new Object();
    private @Nullable Long name;

    StateKeys(TokenSessions token) {
        this.token = token;
    }

    /** Returns the name of the key that seals; it is on the token. */
    long nameForSealing() {
        synchronized (lock) {
            Long known = name;
            if (known == null) {
                long fresh = random.nextLong();
                TokenObject key = SealedState.key(fresh);
                Long unused = token.change(session -> create(session, key));
                known = fresh;
                name = known;
            }
            return known;
        }
    }

    private static long create(Session session, TokenObject key) {
        Template template = key.generated();
        return key.find(session)
                .orElseGet(() -> Pkcs11Provider.made(
                        session, key, session.generateKey(Mechanism.of(Cka.CKM_AES_KEY_GEN), template)));
    }
}
