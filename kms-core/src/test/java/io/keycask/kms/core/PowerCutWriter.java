package io.keycask.kms.core;

import io.keycask.kms.Kms;
import io.keycask.kms.NewKey;
import io.keycask.kms.SymmetricCmk;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program whose system calls {@link PowerCutTest} records: it makes keys and versions, and says so. */
final class PowerCutWriter {
    static final String ACKNOWLEDGED = "ACK ";

    private PowerCutWriter() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int operations = Integer.parseInt(args[1]);
        try (Kms kms = TestKms.builder(Path.of(args[0])).build()) {
            for (int i = 0; i < operations; i++) {
                SymmetricCmk key = kms.createKey(NewKey.named("k" + i));
                out.println(ACKNOWLEDGED + key.id() + " 1");
                key.rotate();
                out.println(ACKNOWLEDGED + key.id() + " 2");
            }
        }
    }
}
