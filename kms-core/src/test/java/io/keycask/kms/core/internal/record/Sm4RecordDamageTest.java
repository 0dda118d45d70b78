package io.keycask.kms.core.internal.record;

final class Sm4RecordDamageTest extends RecordDamageContract {
    Sm4RecordDamageTest() {
        super(16);
    }
}
