package example.hsm;

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
import io.keycask.kms.pkcs11.Pkcs11Configuration;
import io.keycask.kms.pkcs11.Pkcs11Provider;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;

/** The main job with keys on the token that {@code hsm.properties} in the current folder describes. */
public final class Program {
    private Program() {}

    /** Runs the program. */
    public static void main(String[] args) throws IOException {
        byte[] payload = "modular".getBytes(StandardCharsets.UTF_8);
        EncryptionContext context = EncryptionContext.of("tenant", "t1");
        try (Kms kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(Path.of("keys.db")))
                .provider(Pkcs11Provider.open(configuration()))
                .build()) {
            SymmetricCmk orders = kms.createKeyIfAbsent(NewKey.named("orders"));
            byte[] message = orders.envelope().encrypt(payload, context);
            orders.rotate();
            boolean same = Arrays.equals(kms.envelope().decrypt(message, context), payload);
            System.out.println(same ? "opened what was encrypted" : "opened something else");

            SigningCmk receipts = kms.createKeyIfAbsent(NewKey.signing("receipts", KeySpec.EC_P256));
            MessageToSign receipt = MessageToSign.raw(payload);
            byte[] signature = receipts.sign(SignatureAlgorithm.ECC_P256_R1, receipt);
            System.out.println(
                    "signature on P-256: " + receipts.verify(SignatureAlgorithm.ECC_P256_R1, receipt, signature));
        }
    }

    private static Pkcs11Configuration configuration() throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("hsm.properties"))) {
            properties.load(in);
        }
        return Pkcs11Configuration.parse(properties);
    }
}
