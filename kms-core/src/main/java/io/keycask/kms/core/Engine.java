package io.keycask.kms.core;

import io.keycask.kms.Caller;
import io.keycask.kms.Cmk;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeySpec;
import io.keycask.kms.core.internal.access.Access;
import io.keycask.kms.core.internal.asymmetric.AsymmetricOperations;
import io.keycask.kms.core.internal.asymmetric.PublicKeys;
import io.keycask.kms.core.internal.audit.AuditTrail;
import io.keycask.kms.core.internal.blob.CmkCipher;
import io.keycask.kms.core.internal.blob.CmkOperations;
import io.keycask.kms.core.internal.lifecycle.KeyCreation;
import io.keycask.kms.core.internal.lifecycle.KeyDirectory;
import io.keycask.kms.core.internal.lifecycle.KeyLifecycle;
import io.keycask.kms.core.internal.lifecycle.KeyRotation;
import io.keycask.kms.core.internal.lifecycle.Maintenance;
import io.keycask.kms.core.internal.lifecycle.RootKeyChange;
import io.keycask.kms.core.internal.operation.CallPath;
import io.keycask.kms.core.internal.operation.Keys;
import io.keycask.kms.core.internal.provider.Providers;
import io.keycask.kms.core.internal.store.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The parts of an engine, wired together once; the facade and its handles share it. */
final class Engine {
    final CallPath path;
    final KeyDirectory directory;
    final KeyCreation creation;
    final KeyLifecycle lifecycle;
    final KeyRotation rotation;
    final Maintenance maintenance;
    final RootKeyChange rootKeyChange;
    private final CmkCipher cipher;
    private final Providers providers;
    private final PublicKeys publicKeys;

    Engine(Store store, AuditTrail audit, Providers providers, KeySpec defaultSpec, Clock clock, Duration staleness) {
        SecureRandom random = new SecureRandom();
        Keys keys = new Keys(store, staleness);
        this.providers = providers;
        this.path = new CallPath(store, keys, new Access(), audit, clock);
        this.cipher = new CmkCipher(providers);
        this.publicKeys = new PublicKeys(providers);
        this.directory = new KeyDirectory(path, store);
        this.creation = new KeyCreation(path, store, keys, providers, defaultSpec, clock, random);
        this.lifecycle = new KeyLifecycle(path, clock);
        this.rotation = new KeyRotation(path, store, keys, providers, clock, random);
        this.maintenance = new Maintenance(path, store, keys, providers, rotation, clock);
        this.rootKeyChange = new RootKeyChange(path, store, providers);
    }

    CmkOperations operations(Caller caller) {
        return new CmkOperations(path, cipher, providers, caller);
    }

    AsymmetricOperations asymmetricOperations(Caller caller) {
        return new AsymmetricOperations(path, providers, publicKeys, caller);
    }

    /** Returns the handle that the usage of the key asks for. */
    Cmk handle(KeyMetadata key, Caller caller) {
        return switch (key.usage()) {
            case ENCRYPT_DECRYPT -> new EmbeddedSymmetricCmk(this, key.id(), key.spec(), caller);
            case ASYMMETRIC_DECRYPT, ASYMMETRIC_DECRYPT_PKCS1 ->
                new EmbeddedDecryptionCmk(this, key.id(), key.spec(), caller);
            case ASYMMETRIC_SIGN_VERIFY -> new EmbeddedSigningCmk(this, key.id(), key.spec(), caller);
        };
    }
}
