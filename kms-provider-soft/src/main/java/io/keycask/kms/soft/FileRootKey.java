package io.keycask.kms.soft;

import io.keycask.kms.ProviderException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A root key in a {@link RootKeyFile} of its own, which is created on first use. */
final class FileRootKey implements RootKeySource {
    private static final Logger LOG = LoggerFactory.getLogger(FileRootKey.class);

    private final PrivateFile file;

    FileRootKey(Path path) {
        this.file = new PrivateFile(path, "root-key file");
    }

    @Override
    public Optional<byte[]> find() {
        return file.read(RootKeyFile.BYTES).map(this::parse);
    }

    @Override
    public byte[] findOrCreate() {
        return parse(file.readOrCreate(RootKeyFile.BYTES, this::newContent));
    }

    private byte[] newContent() {
        LOG.info("creating {}", file);
        byte[] rootKey = new byte[SealingKeys.ROOT_KEY_BYTES];
        new SecureRandom().nextBytes(rootKey);
        byte[] content = RootKeyFile.serialize(rootKey);
        Arrays.fill(rootKey, (byte) 0);
        return content;
    }

    private byte[] parse(byte[] content) {
        try {
            return RootKeyFile.parse(content)
                    .orElseThrow(() -> ProviderException.permanent(file + " is damaged, or no root-key file", null));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    @Override
    public void close() {
        // holds no secret
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
