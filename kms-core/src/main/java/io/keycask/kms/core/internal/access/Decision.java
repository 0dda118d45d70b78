package io.keycask.kms.core.internal.access;

/**
 * The answer to one request.
 *
 * @param isAllowed whether the caller may
 */
public record Decision(boolean isAllowed) {
    static final Decision UNLIMITED = new Decision(true);
    static final Decision BY_DEFAULT = new Decision(false);
}
