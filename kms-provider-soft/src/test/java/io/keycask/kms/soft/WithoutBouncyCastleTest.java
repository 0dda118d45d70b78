package io.keycask.kms.soft;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.ProviderException;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.spi.KeyHandle;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM without Bouncy Castle everything works but the passphrase and SM2, which say what is missing. */
final class WithoutBouncyCastleTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void onlyThePassphraseAndSm2_needBouncyCastle() throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("bcprov"))
                .collect(Collectors.joining(File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        Process process = new ProcessBuilder(
                        java.toString(), "-Xmx64m", "-cp", classPath, Program.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(output.lines())
                .containsExactly(
                        "file: sealed",
                        "passphrase: a passphrase root key needs org.bouncycastle:bcprov-jdk18on, which is not there",
                        "EC_P256: signed",
                        "SM2: SM2 needs org.bouncycastle:bcprov-jdk18on, which is not there",
                        "seal to SM2: SM2 needs org.bouncycastle:bcprov-jdk18on, which is not there");
        assertThat(Files.exists(folder.resolve("p"))).isFalse();
    }

    /** What runs in the other JVM. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            System.out.println("file: " + seal(RootKey.file(folder.resolve("f/root.key"))));
            System.out.println(
                    "passphrase: " + seal(RootKey.passphrase("p".toCharArray(), folder.resolve("p/root.params"))));
            System.out.println("EC_P256: " + sign(KeySpec.EC_P256, SignatureAlgorithm.ECC_P256_R1));
            System.out.println("SM2: " + sign(KeySpec.SM2, SignatureAlgorithm.SM2DSA));
            System.out.println("seal to SM2: " + sealToSm2());
        }

        private static String sign(KeySpec spec, SignatureAlgorithm algorithm) {
            try (SoftProvider provider = Samples.provider(0)) {
                KeyHandle key = provider.createPair(spec, KeyUsage.ASYMMETRIC_SIGN_VERIFY, Samples.VERSION);
                return provider.sign(key, algorithm, new byte[32]).length == 64 ? "signed" : "signed something else";
            } catch (ProviderException e) {
                return String.valueOf(e.getMessage());
            }
        }

        private static String sealToSm2() {
            try (SoftProvider provider = Samples.provider(0)) {
                provider.sealTo(new byte[91], DecryptionAlgorithm.SM2, Samples.secret());
                return "sealed";
            } catch (ProviderException e) {
                return String.valueOf(e.getMessage());
            }
        }

        private static String seal(RootKey rootKey) {
            try (SoftProvider provider = SoftProvider.sealedBy(rootKey)) {
                provider.sealState("p", Samples.secret());
                return "sealed";
            } catch (ProviderException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }
}
