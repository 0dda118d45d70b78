package io.keycask.kms.core.internal.access;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The actions that a statement is about: one, or all whose names begin alike.
 *
 * @param text as it stands in the policy
 * @param name the name, or what names begin with, in lower case
 * @param isPrefix whether all names that begin with it are meant
 */
record ActionPattern(String text, String name, boolean isPrefix) {
    private static final String SERVICE_PREFIX = "name/";
    private static final Pattern FORM = Pattern.compile("\\*|[a-z][a-z0-9_-]*:([a-z][a-z0-9_]*\\*?|\\*)");
    /** The guide has two names for one operation. */
    private static final String OTHER_LIST_KEYS = "kms:listkey";

    static ActionPattern parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.startsWith(SERVICE_PREFIX)) {
            name = name.substring(SERVICE_PREFIX.length());
        }
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected an action like kms:Encrypt, name/kms:Encrypt, kms:Describe*, kms:* or *");
        }
        if (name.equals(OTHER_LIST_KEYS)) {
            name += "s";
        }
        boolean isPrefix = name.endsWith("*");
        return new ActionPattern(text, isPrefix ? name.substring(0, name.length() - 1) : name, isPrefix);
    }

    boolean matches(Action action) {
        return isPrefix ? action.name().startsWith(name) : action.name().equals(name);
    }
}
