package io.keycask.kms.examples;

import io.keycask.kms.*;
import io.keycask.kms.core.*;
import io.keycask.kms.soft.*;
import java.nio.file.Path;

@SuppressWarnings("DefaultCharset") // as short as it gets
public class FirstProgram {
    public static void main(String[] args) {
        try (Kms kms = EmbeddedKms.builder()
                .store(JdbcStore.sqlite(Path.of("keys.db")))
                .provider(SoftProvider.sealedBy(RootKey.file(Path.of("secrets/root.key"))))
                .build()) {
            SymmetricCmk orders = kms.createKeyIfAbsent(NewKey.named("orders")); // durable when it returns
            var context = EncryptionContext.of("tenant", "t1");

            byte[] message = orders.envelope().encrypt("4111 1111".getBytes(), context); // fresh data key, AES-256-GCM
            orders.rotate(); // old messages still open
            byte[] opened = kms.envelope().decrypt(message, context);

            System.out.println(new String(opened) + " came back from " + message.length + " bytes");
        }
    }
}
