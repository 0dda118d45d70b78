package io.keycask.kms;

/** Whether text can be written as UTF-8 without loss. */
final class Unicode {
    private Unicode() {}

    /** Returns whether every surrogate in the text is half of a pair. */
    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
