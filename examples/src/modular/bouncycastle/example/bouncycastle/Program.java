package example.bouncycastle;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeySpec;
import io.keycask.kms.Kms;
import io.keycask.kms.MessageToSign;
import io.keycask.kms.NewKey;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.SigningCmk;
import io.keycask.kms.SymmetricCmk;
import io.keycask.kms.core.EmbeddedKms;
import io.keycask.kms.core.JdbcStore;
import io.keycask.kms.soft.RootKey;
import io.keycask.kms.soft.SoftProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The main job in the current folder, sealed by a passphrase, and a signature by SM2. */
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
        signBySm2();
        boolean present =
                ModuleLayer.boot().findModule("org.bouncycastle.provider").isPresent();
        System.out.println("Bouncy Castle: " + (present ? "present" : "absent"));
    }

    private static void signBySm2() {
        MessageToSign message = MessageToSign.raw("modular".getBytes(StandardCharsets.UTF_8));
        try (Kms kms = open()) {
            SigningCmk sm2 = kms.createKeyIfAbsent(NewKey.signing("sm2", KeySpec.SM2));
            byte[] signature = sm2.sign(SignatureAlgorithm.SM2DSA, message);
            boolean valid = sm2.verify(SignatureAlgorithm.SM2DSA, message, signature);
            System.out.println("signature by SM2: " + valid);
        }
    }

    private static Kms open() {
        return EmbeddedKms.builder()
                .store(JdbcStore.sqlite(Path.of("keys.db")))
                .provider(SoftProvider.sealedBy(
                        RootKey.passphrase("a long passphrase".toCharArray(), Path.of("secrets/passphrase.key"))))
                .build();
    }
}
