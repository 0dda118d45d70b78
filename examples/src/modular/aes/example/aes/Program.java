package example.aes;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeySpec;
import io.keycask.kms.Kms;
import io.keycask.kms.KmsException;
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
import java.util.stream.Collectors;

/** The main job in the current folder, and what the module system says about Keycask's jars. */
public final class Program {
    private Program() {}

    /** Runs the program. */
    public static void main(String[] args) {
        encryptAndDecrypt();
        printModules();
        printWhatAPassphraseSays();
        printWhatKeyPairsSay();
    }

    private static void encryptAndDecrypt() {
        byte[] payload = "modular".getBytes(StandardCharsets.UTF_8);
        EncryptionContext context = EncryptionContext.of("tenant", "t1");
        try (Kms kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(Path.of("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(Path.of("secrets/root.key"))))
                .build()) {
            SymmetricCmk orders = kms.createKeyIfAbsent(NewKey.named("orders"));
            byte[] message = orders.envelope().encrypt(payload, context);
            orders.rotate();
            boolean same = Arrays.equals(kms.envelope().decrypt(message, context), payload);
            System.out.println(same ? "opened what was encrypted" : "opened something else");
        }
    }

    private static void printModules() {
        ModuleLayer layer = ModuleLayer.boot();
        System.out.println("explicit modules: "
                + layer.modules().stream()
                        .filter(module -> module.getName().startsWith("io.keycask."))
                        .filter(module -> !module.getDescriptor().isAutomatic())
                        .map(Module::getName)
                        .sorted()
                        .collect(Collectors.joining(", ")));
        Module core = layer.findModule("io.keycask.kms.core").orElseThrow();
        core.getPackages().stream()
                .filter(name -> !core.isExported(name))
                .sorted()
                .forEach(name -> System.out.println("hidden: " + name));
        System.out.println("Bouncy Castle: "
                + (layer.findModule("org.bouncycastle.provider").isPresent() ? "present" : "absent"));
    }

    private static void printWhatKeyPairsSay() {
        MessageToSign message = MessageToSign.raw("modular".getBytes(StandardCharsets.UTF_8));
        try (Kms kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(Path.of("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(Path.of("secrets/root.key"))))
                .build()) {
            SigningCmk ec = kms.createKeyIfAbsent(NewKey.signing("ec", KeySpec.EC_P256));
            byte[] signature = ec.sign(SignatureAlgorithm.ECC_P256_R1, message);
            boolean valid = ec.verify(SignatureAlgorithm.ECC_P256_R1, message, signature);
            System.out.println("signature on P-256: " + valid);
            kms.createKey(NewKey.signing("sm2", KeySpec.SM2));
            System.out.println("SM2 without Bouncy Castle: no error");
        } catch (KmsException e) {
            System.out.println("SM2 without Bouncy Castle: " + e.getMessage());
        }
    }

    private static void printWhatAPassphraseSays() {
        try {
            EmbeddedKms.builder()
                    .store(JdbcStore.sqlite(Path.of("other.db")))
                    .provider(SoftProvider.sealedBy(
                            RootKey.passphrase("a long passphrase".toCharArray(), Path.of("secrets/passphrase.key"))))
                    .build()
                    .close();
            System.out.println("passphrase without Bouncy Castle: no error");
        } catch (KmsException e) {
            System.out.println("passphrase without Bouncy Castle: " + e.getMessage());
        }
    }
}
