package io.keycask.kms;

import java.util.List;
import java.util.Optional;

/**
 * A part of a longer list.
 *
 * @param items the items of this page, in the order asked for
 * @param next what to give to the {@code after} of the query for the page behind this one; empty on the last page
 * @param <T> what the list is of
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /** A page of these items. */
    public Page {
        items = List.copyOf(items);
    }
}
