package io.keycask.kms.core.internal.envelope;

import io.keycask.kms.Ciphertext;
import io.keycask.kms.DataKey;
import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeyId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.EncryptedDataKey;
import software.amazon.cryptography.materialproviders.model.EncryptionMaterials;
import software.amazon.cryptography.materialproviders.model.OnDecryptInput;
import software.amazon.cryptography.materialproviders.model.OnDecryptOutput;
import software.amazon.cryptography.materialproviders.model.OnEncryptInput;
import software.amazon.cryptography.materialproviders.model.OnEncryptOutput;

/** The AWS Encryption SDK's way to the data keys of a fake source, as a user of both programs would write it. */
final class AwsKeyring implements IKeyring {
    private final FakeDataKeySource source;
    private final List<KeyId> recipients;

    AwsKeyring(FakeDataKeySource source, KeyId... recipients) {
        this.source = source;
        this.recipients = List.of(recipients);
    }

    @Override
    public OnEncryptOutput OnEncrypt(OnEncryptInput input) {
        EncryptionMaterials materials = input.materials();
        EncryptionContext context = context(materials.encryptionContext());
        List<EncryptedDataKey> entries = new ArrayList<>();
        try (DataKey dataKey = source.generate(recipients.get(0), 32, context)) {
            for (KeyId recipient : recipients) {
                entries.add(entry(recipient, source.wrap(recipient, dataKey, context)));
            }
            EncryptionMaterials complete = materials.toBuilder()
                    .plaintextDataKey(
                            dataKey.<ByteBuffer, RuntimeException>use(bytes -> ByteBuffer.wrap(bytes.clone())))
                    .encryptedDataKeys(entries)
                    .build();
            return OnEncryptOutput.builder().materials(complete).build();
        }
    }

    private static EncryptedDataKey entry(KeyId recipient, Ciphertext wrapped) {
        return EncryptedDataKey.builder()
                .keyProviderId("keycask")
                .keyProviderInfo(ByteBuffer.wrap(recipient.toString().getBytes(StandardCharsets.UTF_8)))
                .ciphertext(ByteBuffer.wrap(wrapped.toBytes()))
                .build();
    }

    @Override
    public OnDecryptOutput OnDecrypt(OnDecryptInput input) {
        EncryptionContext context = context(input.materials().encryptionContext());
        EncryptedDataKey entry = input.encryptedDataKeys().stream()
                .filter(candidate -> candidate.keyProviderId().equals("keycask"))
                .filter(candidate -> recipients.contains(KeyId.parse(StandardCharsets.UTF_8
                        .decode(candidate.keyProviderInfo().duplicate())
                        .toString())))
                .findFirst()
                .orElseThrow();
        try (DataKey dataKey = source.unwrap(Ciphertext.copyOf(bytes(entry.ciphertext())), context)) {
            return OnDecryptOutput.builder()
                    .materials(input.materials().toBuilder()
                            .plaintextDataKey(
                                    dataKey.<ByteBuffer, RuntimeException>use(bytes -> ByteBuffer.wrap(bytes.clone())))
                            .build())
                    .build();
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Returns the context with the reserved pairs, which callers of ours cannot build. */
    private static EncryptionContext context(Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            return EncryptionContext.empty();
        }
        ByteBuffer out = ByteBuffer.allocate(EncryptionContext.MAX_BYTES).putShort((short) pairs.size());
        new TreeMap<>(pairs).forEach((name, value) -> {
            put(out, name);
            put(out, value);
        });
        return EncryptionContext.parse(bytes(out.flip()));
    }

    private static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) bytes.length).put(bytes);
    }
}
