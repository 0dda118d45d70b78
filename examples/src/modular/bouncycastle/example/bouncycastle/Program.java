package example.bouncycastle;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.EmbeddedKms;
import io.keycask.kms.core.JdbcStore;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The main job in the current folder, sealed by a passphrase. */
public final class Program {
    private Program() {}

    /** Runs the program. */
    public static void main(String[] args) {
        byte[] payload = "modular".getBytes(StandardCharsets.UTF_8);
        EncryptionContext context = EncryptionContext.of("tenant", "t1");
        byte[] message;
        try (Kms kms = open()) {
            SymmetricCmk orders = kms.createKeyIfAbsent(NewKey.named("orders"));
            message = orders.envelope().encrypt(payload, context);
            orders.rotate();
        }
        try (Kms kms = open()) {
            boolean same = Arrays.equals(kms.envelope().decrypt(message, context), payload);
            System.out.println(same ? "opened what was encrypted" : "opened something else");
        }
        boolean present =
                ModuleLayer.boot().findModule("org.bouncycastle.provider").isPresent();
        System.out.println("Bouncy Castle: " + (present ? "present" : "absent"));
    }

    private static Kms open() {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(Path.of("keys.db")))
                .provider(SoftProvider.sealedBy(
                        RootKey.passphrase("a long passphrase".toCharArray(), Path.of("secrets/passphrase.key"))))
                .build();
    }
}
