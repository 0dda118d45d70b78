package io.keycask.kms.core.internal.envelope;

final class AesEnvelopeDamageTest extends EnvelopeDamageContract {
    AesEnvelopeDamageTest() {
        super(AlgorithmSuite.AES_256_GCM);
    }
}
