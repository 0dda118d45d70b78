package io.keycask.kms.core.internal.audit;

import io.keycask.kms.Caller;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who asked for an operation, and from where.
 *
 * @param name the account, {@code root}, or {@code system:} and the work
 * @param kind what the actor is
 * @param accessKey the identifier of the access key
 * @param address the address that the request came from
 * @param requestId the application's request, or one that was drawn for the call
 */
public record AuditActor(
        String name,
        Caller.Kind kind,
        Optional<String> accessKey,
        Optional<String> address,
        Optional<String> requestId) {
    private static final String SYSTEM_PREFIX = "system:";

    /** Returns the actor that this caller is; its own request id counts more than the one that was drawn. */
    public static AuditActor of(Caller caller, Optional<String> drawnRequestId) {
        return new AuditActor(
                caller.name(),
                caller.kind(),
                caller.accessKey(),
                caller.sourceAddress().map(InetAddress::getHostAddress),
                caller.requestId().or(() -> drawnRequestId));
    }

    /** Returns the actor of whom the name is known only. */
    static AuditActor named(String name) {
        Caller.Kind kind = name.startsWith(SYSTEM_PREFIX)
                ? Caller.Kind.SYSTEM
                : name.equals(Caller.ROOT_NAME) ? Caller.Kind.ROOT : Caller.Kind.ACCOUNT;
        return new AuditActor(name, kind, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
