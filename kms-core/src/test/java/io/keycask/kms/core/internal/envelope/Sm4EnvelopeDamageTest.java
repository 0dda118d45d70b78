package io.keycask.kms.core.internal.envelope;

final class Sm4EnvelopeDamageTest extends EnvelopeDamageContract {
    Sm4EnvelopeDamageTest() {
        super(AlgorithmSuite.SM4_GCM);
    }
}
