package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The signed statement of how far the audit trail went at one moment: one line of JSON and its signature.
 *
 * <p>Keep the last one where nobody who can write to the store can write to: {@link AuditLog#verify(AuditCheckpoint)}
 * then notices a trail whose end was cut off, and a store that was put back to an older copy. It holds ids, numbers and
 * hashes, nothing secret. Immutable; two are equal when their texts are.
 */
public final class AuditCheckpoint {
    /** The longest text of a checkpoint. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final Pattern FORM =
            Pattern.compile("\\{\"checkpoint\":\\{[^\\r\\n]*},\"signature\":\"[A-Za-z0-9_-]{86}\"}");

    private final String text;

    private AuditCheckpoint(String text) {
        this.text = text;
    }

    /**
     * Returns the checkpoint of this text. Its signature is checked when something is verified against it.
     *
     * @throws IllegalArgumentException if the text is not that of a checkpoint, or longer than {@value #MAX_LENGTH}
     */
    public static AuditCheckpoint parse(String text) {
        if (requireNonNull(text, "text").length() > MAX_LENGTH
                || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not the text of an audit checkpoint");
        }
        return new AuditCheckpoint(text);
    }

    /** Returns the text, which {@link #parse} accepts. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AuditCheckpoint that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
