package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import io.keycask.kms.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/** A root key that Argon2id makes of a passphrase, with {@link Argon2Parameters} in a file. */
final class PassphraseRootKey implements RootKeySource {
    private final SecretBytes passphrase;
    private final PrivateFile file;
    private final Argon2Parameters.Cost costOfNewFiles;

    PassphraseRootKey(char[] passphrase, Path parametersFile, Argon2Parameters.Cost costOfNewFiles) {
        this.passphrase = utf8(passphrase);
        this.file = new PrivateFile(parametersFile, "passphrase parameters file");
        this.costOfNewFiles = costOfNewFiles;
    }

    private static SecretBytes utf8(char[] passphrase) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("passphrase is empty");
        }
        // room for the longest form, so that no copy is left behind by growing
        byte[] encoded = new byte[Math.multiplyExact(3, passphrase.length)];
        ByteBuffer out = ByteBuffer.wrap(encoded);
        try {
            if (StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(passphrase), out, true)
                    .isError()) {
                throw new IllegalArgumentException("passphrase has an unpaired surrogate");
            }
            return SecretBytes.takeFrom(Arrays.copyOf(encoded, out.position()));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    @Override
    public Optional<byte[]> find() {
        return file.read(Argon2Parameters.MAX_FILE_BYTES).map(this::derive);
    }

    @Override
    public byte[] findOrCreate() {
        requireBouncyCastle();
        return derive(file.readOrCreate(
                Argon2Parameters.MAX_FILE_BYTES,
                () -> Argon2Parameters.random(costOfNewFiles).serialize()));
    }

    private byte[] derive(byte[] content) {
        Argon2Parameters parameters = Argon2Parameters.parse(content)
                .orElseThrow(() -> ProviderException.permanent(file + " is damaged, or no parameters file", null));
        requireBouncyCastle();
        return passphrase.use(bytes -> BouncyCastle.argon2id(parameters, bytes));
    }

    /** Asked before a file is created, so that nothing is left behind by a failure. */
    private static void requireBouncyCastle() {
        try {
            BouncyCastle.requirePresent();
        } catch (NoClassDefFoundError e) {
            throw ProviderException.permanent(
                    "a passphrase root key needs org.bouncycastle:bcprov-jdk18on, which is not there", e);
        }
    }

    @Override
    public void close() {
        passphrase.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** The only class here that needs Bouncy Castle, so that all others load without it. */
    private static final class BouncyCastle {
        static void requirePresent() {
            new Argon2BytesGenerator();
        }

        static byte[] argon2id(Argon2Parameters parameters, byte[] passphrase) {
            var builder = new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                            org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
                    .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(parameters.cost().memoryKib())
                    .withIterations(parameters.cost().passes())
                    .withParallelism(parameters.cost().lanes())
                    .withSalt(parameters.salt());
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(builder.build());
            byte[] rootKey = new byte[SealingKeys.ROOT_KEY_BYTES];
            generator.generateBytes(passphrase, rootKey);
            return rootKey;
        }
    }
}
