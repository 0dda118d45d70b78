package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Caller;
import io.keycask.kms.ImportParameters;
import io.keycask.kms.KeyId;
import io.keycask.kms.MaterialImport;
import io.keycask.kms.WrappingAlgorithm;
import java.time.Instant;
import java.util.Optional;

/** The import of the material of one key in this process, for one caller. */
final class EmbeddedMaterialImport implements MaterialImport {
    private final Engine engine;
    private final KeyId id;
    private final Caller caller;

    EmbeddedMaterialImport(Engine engine, KeyId id, Caller caller) {
        this.engine = engine;
        this.id = id;
        this.caller = caller;
    }

    @Override
    public ImportParameters parameters(WrappingAlgorithm algorithm) {
        return engine.importParameters.parameters(id, requireNonNull(algorithm, "algorithm"), caller);
    }

    @Override
    public void importMaterial(byte[] encrypted, byte[] token) {
        importMaterial(encrypted, token, Optional.empty());
    }

    @Override
    public void importMaterial(byte[] encrypted, byte[] token, Instant validTo) {
        importMaterial(encrypted, token, Optional.of(validTo));
    }

    private void importMaterial(byte[] encrypted, byte[] token, Optional<Instant> validTo) {
        engine.keyImport.importMaterial(
                id, requireNonNull(encrypted, "encrypted"), requireNonNull(token, "token"), validTo, caller);
    }

    @Override
    public void deleteMaterial() {
        engine.material.delete(id, caller);
    }

    @Override
    public String toString() {
        return "MaterialImport[" + id + "]";
    }
}
