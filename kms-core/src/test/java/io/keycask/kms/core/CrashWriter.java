package io.keycask.kms.core;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The program that {@link CrashTest} kills: it makes keys, rotates them and encrypts without a pause, and prints a line for
 * whatever was acknowledged.
 */
final class CrashWriter {
    static final EncryptionContext CONTEXT = EncryptionContext.of("purpose", "crash test");

    private CrashWriter() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        String name = args[1];
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Kms kms = TestKms.builder(folder).build()) {
            SymmetricCmk shared = kms.createKeyIfAbsent(NewKey.named("shared"));
            out.println("READY");
            for (int i = 0; ; i++) {
                SymmetricCmk own = kms.createKey(NewKey.named(name + "-" + i));
                out.println("CREATED " + own.id());
                out.println("ROTATED " + own.id() + " " + own.rotate().id());
                if (i % 4 == 0) {
                    out.println("ROTATED " + shared.id() + " " + shared.rotate().id());
                }
                byte[] text = (name + " " + i).getBytes(StandardCharsets.UTF_8);
                SymmetricCmk key = i % 2 == 0 ? own : shared;
                out.println("ENCRYPTED " + Base64.getEncoder().encodeToString(text) + " "
                        + key.encrypt(text, CONTEXT).toBase64());
                Path message = folder.resolve("messages").resolve(name + "-" + i);
                Files.write(message, key.envelope().encrypt(text, CONTEXT));
                out.println("WRITTEN " + Base64.getEncoder().encodeToString(text) + " " + message);
            }
        }
    }
}
