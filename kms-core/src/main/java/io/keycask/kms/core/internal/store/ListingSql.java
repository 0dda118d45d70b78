package io.keycask.kms.core.internal.store;

import io.keycask.kms.KeyQuery;
import io.keycask.kms.KeyState;
import io.keycask.kms.OwnerRole;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The SQL text of one list query, and its parameters in their order. */
final class ListingSql {
    private static final char ESCAPE = '!';

    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    private ListingSql() {}

    /** Returns the query for created and id of the keys of a page, and of one more that tells whether there is another. */
    static ListingSql page(KeyQuery query, Set<KeyState> states, Optional<Cursor> after) {
        ListingSql sql = new ListingSql();
        // a tag has an index in the order of the list; without one the columns of the key lead
        String created = query.tags().isEmpty() ? "k.created_ms" : "d.created_ms";
        String id = query.tags().isEmpty() ? "k.id" : "d.key_id";
        sql.text.append("SELECT ").append(created).append(", ").append(id);
        sql.conditions(query, states);
        after.ifPresent(cursor -> sql.and(
                "(" + created + ", " + id + ") " + (query.isOldestFirst() ? ">" : "<") + " (?, ?)",
                cursor.created(),
                cursor.id().toString()));
        String order = query.isOldestFirst() ? "" : " DESC";
        sql.text.append(" ORDER BY " + created + order + ", " + id + order + " LIMIT ?");
        sql.parameters.add(query.limit() + 1);
        return sql;
    }

    static ListingSql count(KeyQuery query) {
        ListingSql sql = new ListingSql();
        sql.text.append("SELECT COUNT(*)");
        sql.conditions(query, query.states());
        return sql;
    }

    private void conditions(KeyQuery query, Set<KeyState> states) {
        Iterator<Map.Entry<String, String>> tags = query.tags().entrySet().iterator();
        if (tags.hasNext()) {
            Map.Entry<String, String> first = tags.next();
            text.append(" FROM kms_key_tag d JOIN kms_key k ON k.id = d.key_id WHERE d.name = ? AND d.value = ?");
            parameters.add(first.getKey());
            parameters.add(first.getValue());
            and("k.phase = 'L'");
        } else {
            text.append(" FROM kms_key k WHERE k.phase = 'L'");
        }
        tags.forEachRemaining(tag -> and(
                "EXISTS (SELECT 1 FROM kms_key_tag t WHERE t.key_id = k.id AND t.name = ? AND t.value = ?)",
                tag.getKey(),
                tag.getValue()));
        if (states.size() == 1) {
            and("k.state = ?", states.iterator().next().value());
        } else if (!states.isEmpty()) {
            String marks = states.stream().map(state -> "?").collect(Collectors.joining(", "));
            and(
                    "k.state IN (" + marks + ")",
                    states.stream().map(KeyState::value).toArray());
        }
        query.usage().ifPresent(usage -> and("k.key_usage = ?", usage.value()));
        query.origin().ifPresent(origin -> and("k.origin = ?", origin.value()));
        // the expression of the index kms_key_role
        query.owner()
                .ifPresent(role ->
                        and("(CASE WHEN k.owner = 'user' THEN 0 ELSE 1 END) = ?", role == OwnerRole.USER ? 0 : 1));
        if (!query.text().isEmpty()) {
            String pattern = "%" + escaped(query.text()) + "%";
            and("(LOWER(k.alias) LIKE ? ESCAPE '!' OR k.id LIKE ? ESCAPE '!')", pattern, pattern);
        }
    }

    private void and(String condition, Object... values) {
        text.append(" AND ").append(condition);
        parameters.addAll(List.of(values));
    }

    /** Returns the text in lower case (ASCII letters only) as a LIKE pattern that stands for itself. */
    private static String escaped(String text) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '_' || c == ESCAPE) {
                pattern.append(ESCAPE);
            }
            pattern.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
        }
        return pattern.toString();
    }

    String text() {
        return text.toString();
    }

    Object[] parameters() {
        return parameters.toArray();
    }
}
