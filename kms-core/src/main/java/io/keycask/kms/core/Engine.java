package io.keycask.kms.core;

import io.keycask.kms.AuditLog;
import io.keycask.kms.Caller;
import io.keycask.kms.Cmk;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeySpec;
import io.keycask.kms.core.internal.access.Access;
import io.keycask.kms.core.internal.access.PolicyParser;
import io.keycask.kms.core.internal.account.Accounts;
import io.keycask.kms.core.internal.alarm.AlarmRound;
import io.keycask.kms.core.internal.alarm.Alarms;
import io.keycask.kms.core.internal.asymmetric.AsymmetricOperations;
import io.keycask.kms.core.internal.asymmetric.PublicKeys;
import io.keycask.kms.core.internal.audit.AuditEvents;
import io.keycask.kms.core.internal.audit.AuditTrail;
import io.keycask.kms.core.internal.blob.CmkCipher;
import io.keycask.kms.core.internal.blob.CmkOperations;
import io.keycask.kms.core.internal.blob.UsageLimits;
import io.keycask.kms.core.internal.datakey.CachedDataKeys;
import io.keycask.kms.core.internal.journal.Journal;
import io.keycask.kms.core.internal.journal.Sinks;
import io.keycask.kms.core.internal.lifecycle.ImportParameterIssue;
import io.keycask.kms.core.internal.lifecycle.ImportedMaterial;
import io.keycask.kms.core.internal.lifecycle.KeyBindings;
import io.keycask.kms.core.internal.lifecycle.KeyCreation;
import io.keycask.kms.core.internal.lifecycle.KeyDirectory;
import io.keycask.kms.core.internal.lifecycle.KeyImport;
import io.keycask.kms.core.internal.lifecycle.KeyLifecycle;
import io.keycask.kms.core.internal.lifecycle.KeyRotation;
import io.keycask.kms.core.internal.lifecycle.Maintenance;
import io.keycask.kms.core.internal.lifecycle.RootKeyChange;
import io.keycask.kms.core.internal.lifecycle.ServiceDirectory;
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
    final ServiceDirectory service;
    final RootKeyChange rootKeyChange;
    final CachedDataKeys dataKeys;
    final ImportParameterIssue importParameters;
    final KeyImport keyImport;
    final ImportedMaterial material;
    final KeyBindings bindings;
    final Accounts accounts;
    private final CmkCipher cipher;
    private final Providers providers;
    private final Store store;
    private final AuditTrail audit;
    private final Sinks sinks;
    private final PublicKeys publicKeys;

    /**
     * What the application chose.
     *
     * @param defaultSpec the spec of keys whose request names none
     * @param clock of business dates
     * @param staleness how long a change of another process may go unnoticed
     * @param region the name that resources in policies have
     * @param limitsRotation whether a key is rotated on demand at most once in 24 hours
     * @param allowsPkcs1Import whether material may be imported by PKCS #1 v1.5
     * @param usageLimits of key versions that may encrypt only so often
     */
    record Settings(
            KeySpec defaultSpec,
            Clock clock,
            Duration staleness,
            String region,
            boolean limitsRotation,
            boolean allowsPkcs1Import,
            UsageLimits usageLimits) {}

    Engine(
            Store store,
            AuditTrail audit,
            AuditEvents events,
            Alarms alarms,
            Sinks sinks,
            Providers providers,
            CachedDataKeys dataKeys,
            Settings settings) {
        Clock clock = settings.clock();
        SecureRandom random = new SecureRandom();
        this.store = store;
        this.audit = audit;
        this.sinks = sinks;
        Keys keys = new Keys(store, settings.staleness(), dataKeys::forget);
        this.providers = providers;
        this.dataKeys = dataKeys;
        PolicyParser parser = new PolicyParser(settings.region());
        Access access = new Access(store, parser, settings.staleness());
        this.path = new CallPath(store, keys, access, audit, events, alarms, clock);
        this.accounts = new Accounts(path, store, keys, access, parser, clock, settings.region());
        this.cipher = new CmkCipher(providers, store, settings.usageLimits());
        this.publicKeys = new PublicKeys(providers);
        this.directory = new KeyDirectory(path, store);
        this.creation = new KeyCreation(path, store, keys, providers, settings.defaultSpec(), clock, random);
        this.lifecycle = new KeyLifecycle(path, clock);
        this.rotation = new KeyRotation(path, store, keys, providers, clock, random, settings.limitsRotation);
        this.material = new ImportedMaterial(path, store, keys, providers);
        this.importParameters =
                new ImportParameterIssue(path, store, keys, providers, material, settings.allowsPkcs1Import, clock);
        this.keyImport = new KeyImport(path, store, keys, providers, material, clock, random);
        this.bindings = new KeyBindings(path);
        this.maintenance = new Maintenance(
                path,
                store,
                keys,
                providers,
                rotation,
                material,
                new AlarmRound(store, providers, alarms, events),
                settings.usageLimits(),
                clock);
        this.rootKeyChange = new RootKeyChange(path, store, providers, clock);
        this.service = new ServiceDirectory(path, store, providers, settings.region());
    }

    AuditLog journal(Caller caller) {
        return new Journal(path, store, audit, sinks::offer, caller);
    }

    CmkOperations operations(Caller caller) {
        return new CmkOperations(path, cipher, providers, dataKeys, caller);
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
