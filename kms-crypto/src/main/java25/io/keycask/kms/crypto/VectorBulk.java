package io.keycask.kms.crypto;

/** Large messages by the Vector API; loaded by {@link BulkChoice}. */
final class VectorBulk implements Bulk {
    VectorBulk() {}

    @Override
    public String name() {
        return "the Vector API (" + VectorSm4Batch.SPECIES.vectorBitSize() + " bits)";
    }

    @Override
    public Keystream newKeystream() {
        return new VectorSm4Batch();
    }

    @Override
    public Hash newHash() {
        return new VectorGhash();
    }
}
