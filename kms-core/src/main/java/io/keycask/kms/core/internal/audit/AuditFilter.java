package io.keycask.kms.core.internal.audit;

import io.keycask.kms.AuditQuery;
import io.keycask.kms.AuditRecord;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides which events fit a query. Immutable. */
public final class AuditFilter {
    private final AuditQuery query;

    /** The filter of this query. */
    public AuditFilter(AuditQuery query) {
        this.query = query;
    }

    /** Returns whether the event fits all conditions of the query. */
    public boolean fits(AuditRecord event) {
        return query.isWrite().map(write -> write == event.isWrite()).orElse(true)
                && query.from().map(from -> !event.time().isBefore(from)).orElse(true)
                && query.to().map(to -> event.time().isBefore(to)).orElse(true)
                && query.conditions().entrySet().stream().allMatch(condition -> fits(condition, event));
    }

    private static boolean fits(Map.Entry<AuditQuery.Field, String> condition, AuditRecord event) {
        String wanted = condition.getValue();
        return switch (condition.getKey()) {
            case USER_NAME -> event.userName().equals(wanted);
            case RESOURCE_TYPE -> event.resourceType().equals(Optional.of(wanted));
            case RESOURCE_NAME -> event.resourceName().equals(Optional.of(wanted));
            case EVENT_SOURCE -> event.source().equals(wanted);
            case EVENT_ID -> event.id().toString().equals(wanted);
            case EVENT_NAME -> event.name().equals(wanted);
            case ACCESS_KEY -> event.accessKey().equals(Optional.of(wanted));
            case REQUEST_ID -> event.requestId().equals(Optional.of(wanted));
            case KEYWORD -> hasKeyword(event, lower(wanted));
        };
    }

    private static boolean hasKeyword(AuditRecord event, String part) {
        Stream<String> texts =
                Stream.of(event.id().toString(), event.name(), event.source(), event.region(), event.userName());
        Stream<String> optional = Stream.of(
                        event.accessKey(),
                        event.sourceAddress(),
                        event.requestId(),
                        event.resourceType(),
                        event.resourceName(),
                        event.errorCode())
                .flatMap(Optional::stream);
        Stream<String> details =
                event.details().entrySet().stream().flatMap(detail -> Stream.of(detail.getKey(), detail.getValue()));
        return Stream.of(texts, optional, details)
                .flatMap(stream -> stream)
                .anyMatch(text -> lower(text).contains(part));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
