package io.keycask.kms.core.internal.record;

final class AesRecordDamageTest extends RecordDamageContract {
    AesRecordDamageTest() {
        super(32);
    }
}
