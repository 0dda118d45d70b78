package io.keycask.kms.core;

import static java.util.Objects.requireNonNull;

import io.keycask.kms.Caller;
import io.keycask.kms.Cmk;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyMetadata;
import io.keycask.kms.KeySpec;
import java.time.Instant;
import java.util.Map;

/** What the handles of all keys in this process have in common, for one caller. */
abstract class EmbeddedCmk implements Cmk {
    final Engine engine;
    final KeyId id;
    final Caller caller;
    private final KeySpec spec;

    EmbeddedCmk(Engine engine, KeyId id, KeySpec spec, Caller caller) {
        this.engine = engine;
        this.id = id;
        this.spec = spec;
        this.caller = caller;
    }

    @Override
    public final KeyId id() {
        return id;
    }

    @Override
    public final KeySpec spec() {
        return spec;
    }

    @Override
    public final KeyMetadata describe() {
        return engine.directory.describe(id, caller);
    }

    @Override
    public final void bindResource(String service, String resource) {
        engine.bindings.bind(id, requireNonNull(service, "service"), requireNonNull(resource, "resource"), caller);
    }

    @Override
    public final void unbindResource(String service, String resource) {
        engine.bindings.unbind(id, requireNonNull(service, "service"), requireNonNull(resource, "resource"), caller);
    }

    @Override
    public final void enable() {
        engine.lifecycle.enable(id, caller);
    }

    @Override
    public final void disable() {
        engine.lifecycle.disable(id, caller);
    }

    @Override
    public final void archive() {
        engine.lifecycle.archive(id, caller);
    }

    @Override
    public final void cancelArchive() {
        engine.lifecycle.cancelArchive(id, caller);
    }

    @Override
    public final Instant scheduleDeletion(int pendingWindowDays) {
        return engine.lifecycle.scheduleDeletion(id, pendingWindowDays, caller);
    }

    @Override
    public final void cancelDeletion() {
        engine.lifecycle.cancelDeletion(id, caller);
    }

    @Override
    public final void updateAlias(String alias) {
        engine.lifecycle.updateAlias(id, requireNonNull(alias, "alias"), caller);
    }

    @Override
    public final void updateDescription(String description) {
        engine.lifecycle.updateDescription(id, requireNonNull(description, "description"), caller);
    }

    @Override
    public final void updateTags(Map<String, String> tags) {
        engine.lifecycle.updateTags(id, Map.copyOf(tags), caller);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof EmbeddedCmk that
                && engine == that.engine
                && id.equals(that.id)
                && caller.equals(that.caller);
    }

    @Override
    public final int hashCode() {
        return id.hashCode();
    }
}
