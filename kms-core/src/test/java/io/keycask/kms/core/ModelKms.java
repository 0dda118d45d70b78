package io.keycask.kms.core;

import static io.keycask.kms.ErrorCode.ALIAS_ALREADY_EXISTS;
import static io.keycask.kms.ErrorCode.CLOUD_RESOURCE_BINDING_NOT_FOUND;
import static io.keycask.kms.ErrorCode.CMK_ARCHIVED;
import static io.keycask.kms.ErrorCode.CMK_DISABLED;
import static io.keycask.kms.ErrorCode.CMK_NOT_FOUND;
import static io.keycask.kms.ErrorCode.CMK_NOT_PENDING_DELETE;
import static io.keycask.kms.ErrorCode.CMK_SHOULD_BE_DISABLED;
import static io.keycask.kms.ErrorCode.CMK_STATE_NOT_SUPPORT;
import static io.keycask.kms.ErrorCode.CMK_USED_BY_CLOUD_PRODUCT;
import static io.keycask.kms.ErrorCode.EXTERNAL_CMK_CAN_NOT_ROTATE;
import static io.keycask.kms.ErrorCode.INVALID_PARAMETER;
import static io.keycask.kms.ErrorCode.INVALID_PARAMETER_VALUE;
import static io.keycask.kms.ErrorCode.INVALID_PENDING_WINDOW;
import static io.keycask.kms.ErrorCode.KEY_PENDING_DELETE;
import static io.keycask.kms.ErrorCode.MATERIAL_NOT_MATCH;
import static io.keycask.kms.ErrorCode.NOT_EXTERNAL_CMK;
import static io.keycask.kms.ErrorCode.NOT_ROLE_OPERATION;
import static io.keycask.kms.ErrorCode.NOT_USER_CREATED_CMK;
import static io.keycask.kms.ErrorCode.ROTATE_NOT_SUPPORTED;
import static io.keycask.kms.KeyState.ARCHIVED;
import static io.keycask.kms.KeyState.DISABLED;
import static io.keycask.kms.KeyState.ENABLED;
import static io.keycask.kms.KeyState.PENDING_DELETE;
import static io.keycask.kms.KeyState.PENDING_IMPORT;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the life cycle should do, written down a second time as plainly as possible: keys are objects in a list, and every
 * operation returns the error code that it should end with, or null.
 */
final class ModelKms {
    /** One key. */
    static final class Key {
        String alias;
        String description = "";
        KeyState state = ENABLED;
        Map<String, String> tags = new TreeMap<>();
        int versions = 1;
        int rotationDays;

        @Nullable
        Instant lastRotation;

        @Nullable
        Instant nextRotation;

        @Nullable
        Instant deletionDate;

        String owner = "user";
        boolean external;
        Set<String> bindings = new TreeSet<>();

        @Nullable
        Integer material;

        @Nullable
        Instant validTo;

        boolean gone;

        Key(String alias) {
            this.alias = alias;
        }

        private boolean isOfAService() {
            return !owner.equals("user");
        }

        private void loseMaterial() {
            state = state == PENDING_DELETE ? state : PENDING_IMPORT;
            versions = 0;
            validTo = null;
        }
    }

    final List<Key> keys = new ArrayList<>();

    Optional<Key> byAlias(String alias) {
        return keys.stream().filter(key -> !key.gone && key.alias.equals(alias)).findFirst();
    }

    @Nullable
    ErrorCode create(String alias) {
        if (byAlias(alias).isPresent()) {
            return ALIAS_ALREADY_EXISTS;
        }
        keys.add(new Key(alias));
        return null;
    }

    @Nullable
    ErrorCode createExternal(String alias) {
        ErrorCode error = create(alias);
        if (error == null) {
            Key key = byAlias(alias).orElseThrow();
            key.external = true;
            key.state = PENDING_IMPORT;
            key.versions = 0;
        }
        return error;
    }

    @Nullable
    ErrorCode createForService(String alias, String service) {
        ErrorCode error = create(alias);
        if (error == null) {
            byAlias(alias).orElseThrow().owner = service;
        }
        return error;
    }

    @Nullable
    ErrorCode parameters(Key key) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        return key.external ? null : NOT_EXTERNAL_CMK;
    }

    @Nullable
    ErrorCode importMaterial(Key key, int material, @Nullable Instant validTo, Instant now) {
        ErrorCode error = parameters(key);
        if (error != null) {
            return error;
        }
        if (key.state != PENDING_IMPORT && key.state != ENABLED) {
            return CMK_STATE_NOT_SUPPORT;
        }
        if (validTo != null && (!validTo.isAfter(now) || !key.bindings.isEmpty())) {
            return INVALID_PARAMETER;
        }
        if (key.material != null && key.material != material) {
            return MATERIAL_NOT_MATCH;
        }
        key.material = material;
        key.state = ENABLED;
        key.versions = 1;
        key.validTo = validTo;
        return null;
    }

    @Nullable
    ErrorCode deleteMaterial(Key key) {
        ErrorCode error = parameters(key);
        if (error != null) {
            return error;
        }
        if (!key.bindings.isEmpty()) {
            return CMK_USED_BY_CLOUD_PRODUCT;
        }
        if (key.state != ENABLED && key.state != DISABLED) {
            return CMK_STATE_NOT_SUPPORT;
        }
        key.loseMaterial();
        return null;
    }

    @Nullable
    ErrorCode bind(Key key, String resource) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        if (key.state != ENABLED) {
            return CMK_STATE_NOT_SUPPORT;
        }
        if (key.bindings.add(resource)) {
            key.validTo = null;
        }
        return null;
    }

    @Nullable
    ErrorCode unbind(Key key, String resource) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        return key.bindings.remove(resource) ? null : CLOUD_RESOURCE_BINDING_NOT_FOUND;
    }

    /** Returns why nobody may take this key out of use, if so. */
    private static @Nullable ErrorCode kept(Key key, ErrorCode ifOfAService) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        if (key.isOfAService()) {
            return ifOfAService;
        }
        return key.bindings.isEmpty() ? null : CMK_USED_BY_CLOUD_PRODUCT;
    }

    @Nullable
    ErrorCode enable(Key key) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        if (key.state != ENABLED && key.state != DISABLED) {
            return CMK_STATE_NOT_SUPPORT;
        }
        key.state = ENABLED;
        return null;
    }

    @Nullable
    ErrorCode disable(Key key) {
        ErrorCode kept = kept(key, NOT_ROLE_OPERATION);
        if (kept != null) {
            return kept;
        }
        if (key.state != ENABLED && key.state != DISABLED) {
            return CMK_STATE_NOT_SUPPORT;
        }
        key.state = DISABLED;
        return null;
    }

    @Nullable
    ErrorCode archive(Key key) {
        ErrorCode kept = kept(key, NOT_USER_CREATED_CMK);
        return kept != null ? kept : move(key, ENABLED, ARCHIVED, CMK_STATE_NOT_SUPPORT);
    }

    @Nullable
    ErrorCode cancelArchive(Key key) {
        if (!key.gone && key.isOfAService()) {
            return NOT_USER_CREATED_CMK;
        }
        return move(key, ARCHIVED, ENABLED, CMK_STATE_NOT_SUPPORT);
    }

    @Nullable
    ErrorCode scheduleDeletion(Key key, int days, Instant now) {
        if (days < 7 || days > 30) {
            return INVALID_PENDING_WINDOW;
        }
        ErrorCode kept = kept(key, NOT_ROLE_OPERATION);
        if (kept != null) {
            return kept;
        }
        if (key.state == ENABLED) {
            return CMK_SHOULD_BE_DISABLED;
        }
        KeyState from = key.state == PENDING_IMPORT ? PENDING_IMPORT : DISABLED;
        ErrorCode error = move(key, from, PENDING_DELETE, CMK_STATE_NOT_SUPPORT);
        if (error == null) {
            key.deletionDate = now.plus(Duration.ofDays(days));
        }
        return error;
    }

    @Nullable
    ErrorCode cancelDeletion(Key key) {
        KeyState next = key.versions == 0 ? PENDING_IMPORT : DISABLED;
        ErrorCode error = move(key, PENDING_DELETE, next, CMK_NOT_PENDING_DELETE);
        if (error == null) {
            key.deletionDate = null;
        }
        return error;
    }

    private static @Nullable ErrorCode move(Key key, KeyState from, KeyState to, ErrorCode refusal) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        if (key.state != from) {
            return refusal;
        }
        key.state = to;
        return null;
    }

    @Nullable
    ErrorCode updateAlias(Key key, String alias) {
        if (!key.gone && key.isOfAService()) {
            return NOT_ROLE_OPERATION;
        }
        ErrorCode error = editable(key);
        if (error == null && byAlias(alias).filter(other -> other != key).isPresent()) {
            return ALIAS_ALREADY_EXISTS;
        }
        if (error == null) {
            key.alias = alias;
        }
        return error;
    }

    @Nullable
    ErrorCode updateDescription(Key key, String description) {
        ErrorCode error = editable(key);
        if (error == null) {
            key.description = description;
        }
        return error;
    }

    @Nullable
    ErrorCode updateTags(Key key, Map<String, String> tags) {
        ErrorCode error = editable(key);
        if (error == null) {
            key.tags = new TreeMap<>(tags);
        }
        return error;
    }

    private static @Nullable ErrorCode editable(Key key) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        return key.state == PENDING_DELETE ? CMK_STATE_NOT_SUPPORT : null;
    }

    @Nullable
    ErrorCode rotate(Key key, Instant now) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        if (key.state != ENABLED) {
            return CMK_STATE_NOT_SUPPORT;
        }
        if (key.external) {
            return ROTATE_NOT_SUPPORTED;
        }
        key.versions++;
        key.lastRotation = now;
        key.nextRotation = key.rotationDays == 0 ? null : now.plus(Duration.ofDays(key.rotationDays));
        return null;
    }

    @Nullable
    ErrorCode enableRotation(Key key, int days, Instant now) {
        if (days < 7 || days > 365) {
            return INVALID_PARAMETER_VALUE;
        }
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        if (key.state != ENABLED) {
            return CMK_STATE_NOT_SUPPORT;
        }
        if (key.external) {
            return EXTERNAL_CMK_CAN_NOT_ROTATE;
        }
        key.rotationDays = days;
        key.nextRotation = now.plus(Duration.ofDays(days));
        return null;
    }

    @Nullable
    ErrorCode disableRotation(Key key) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        key.rotationDays = 0;
        key.nextRotation = null;
        return null;
    }

    @Nullable
    ErrorCode encrypt(Key key) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        return switch (key.state) {
            case ENABLED -> null;
            case ARCHIVED -> CMK_ARCHIVED;
            default -> CMK_DISABLED;
        };
    }

    @Nullable
    ErrorCode generateDataKey(Key key) {
        ErrorCode error = encrypt(key);
        return error == CMK_DISABLED && key.state == PENDING_DELETE ? KEY_PENDING_DELETE : error;
    }

    @Nullable
    ErrorCode decrypt(Key key) {
        if (key.gone) {
            return CMK_NOT_FOUND;
        }
        return key.state == ENABLED || key.state == ARCHIVED ? null : CMK_DISABLED;
    }

    /** What background maintenance does at this moment. */
    void maintain(Instant now) {
        for (Key key : keys) {
            if (key.gone) {
                continue;
            }
            if (key.state == ENABLED && key.nextRotation != null && !key.nextRotation.isAfter(now)) {
                rotate(key, now);
            }
            if (key.state == PENDING_DELETE && !key.deletionDate.isAfter(now)) {
                key.gone = true;
            } else if (key.validTo != null && !key.validTo.isAfter(now)) {
                key.loseMaterial();
            }
        }
    }
}
