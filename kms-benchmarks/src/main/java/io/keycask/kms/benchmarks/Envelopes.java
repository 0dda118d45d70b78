package io.keycask.kms.benchmarks;

import io.keycask.kms.EncryptionContext;
import io.keycask.kms.KeySpec;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** Keycask and its peers, by the name that {@code impl} gives them. */
final class Envelopes {
    /** The encryption context, or the associated data, of everything that the benchmarks encrypt. */
    static final EncryptionContext CONTEXT = EncryptionContext.of("tenant", "t1");

    private Envelopes() {}

    static Envelope open(String impl) throws GeneralSecurityException, IOException {
        return switch (impl) {
            case "keycask" -> new KeycaskEnvelope(CONTEXT, KeySpec.AES_256);
            case "keycask-sm4" -> new KeycaskEnvelope(CONTEXT, KeySpec.SM4);
            case "jdk" -> new JdkEnvelope(CONTEXT.toBytes());
            case "jdk-one-shot" -> new JdkRecords();
            case "tink-aead" -> TinkEnvelope.oneKey(CONTEXT.toBytes());
            case "tink-envelope" -> TinkEnvelope.freshDataKeys(CONTEXT.toBytes());
            case "aws-esdk" -> AwsEnvelope.freshDataKeys(CONTEXT);
            case "aws-esdk-cached" -> AwsEnvelope.cachedDataKeys(CONTEXT);
            default -> new StreamedEnvelope(openStream(impl));
        };
    }

    /** Whether {@link #openStream} is the natural way to this one. */
    static boolean isStream(String impl) {
        return impl.contains("-stream");
    }

    static StreamCipher openStream(String impl) throws GeneralSecurityException, IOException {
        return switch (impl) {
            case "keycask", "keycask-streamed" -> new KeycaskEnvelope(CONTEXT, KeySpec.AES_256);
            case "tink-streaming-4k" -> TinkStream.segmentsOf4k(CONTEXT.toBytes());
            case "tink-streaming-1m" -> TinkStream.segmentsOf1m(CONTEXT.toBytes());
            case "aws-esdk" -> AwsEnvelope.freshDataKeys(CONTEXT);
            default -> throw new IllegalArgumentException("impl=" + impl + " is unknown");
        };
    }
}
