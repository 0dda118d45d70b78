package io.keycask.kms.core.internal.access;

import io.keycask.kms.Caller;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The resources that a statement is about: everything, or keys.
 *
 * @param text as it stands in the policy
 * @param isEverything whether it is {@code *}
 * @param isHere whether region and account are those of this service; otherwise it matches nothing
 * @param creator who the keys belong to; null for anybody
 * @param keyId the key; null for any
 */
record ResourcePattern(
        String text,
        boolean isEverything,
        boolean isHere,
        @Nullable String creator,
        @Nullable String keyId) {
    private static final int SEGMENTS = 6;
    private static final String ANY = "*";
    private static final Pattern ACCOUNT = Pattern.compile("|\\*|uin/(\\*|[A-Za-z0-9_.@-]+)");
    private static final Pattern REGION = Pattern.compile("|\\*|[A-Za-z0-9-]+");
    private static final Pattern CREATOR = Pattern.compile("\\*|[A-Za-z0-9_.@-]+");
    private static final Pattern KEY = Pattern.compile("\\*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static ResourcePattern parse(String text, String region) {
        if (text.equals(ANY)) {
            return new ResourcePattern(text, true, true, null, null);
        }
        String[] segments = text.split(":", -1);
        if (segments.length != SEGMENTS || !segments[0].equals("qcs") || !segments[1].isEmpty()) {
            throw expected("* or six segments: qcs::kms:<region>:uin/<account>:key/…");
        }
        if (!segments[2].equals("kms") && !segments[2].equals(ANY)) {
            throw expected("the service kms in the third segment");
        }
        if (!REGION.matcher(segments[3]).matches()) {
            throw expected("a region, * or nothing in the fourth segment");
        }
        if (!ACCOUNT.matcher(segments[4]).matches()) {
            throw expected("uin/<account>, * or nothing in the fifth segment");
        }
        boolean isHere = isOneOf(segments[3], "", ANY, region)
                && isOneOf(segments[4], "", ANY, "uin/*", "uin/" + Caller.ROOT_NAME);
        return keys(text, segments[5], isHere);
    }

    private static ResourcePattern keys(String text, String resource, boolean isHere) {
        String[] parts = resource.split("/", -1);
        if (isOneOf(resource, ANY, "key/*")) {
            return new ResourcePattern(text, false, isHere, null, null);
        }
        if (parts.length < 3 || parts.length > 4 || !parts[0].equals("key") || !parts[1].equals("creatorUin")) {
            throw expected(
                    "key/*, key/creatorUin/<creator>/* or key/creatorUin/<creator>/<key id> in the last segment");
        }
        String creator = parts[2];
        String key = parts.length == 4 ? parts[3].toLowerCase(Locale.ROOT) : ANY;
        if (!CREATOR.matcher(creator).matches() || !KEY.matcher(key).matches()) {
            throw expected("a creator or *, and a key id or *, in the last segment");
        }
        return new ResourcePattern(
                text, false, isHere, creator.equals(ANY) ? null : creator, key.equals(ANY) ? null : key);
    }

    private static boolean isOneOf(String text, String... values) {
        for (String value : values) {
            if (text.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected " + what);
    }

    /**
     * Returns whether the target is one of these resources.
     *
     * @param ifUnknown the answer where it depends on something about the key that is not known
     */
    boolean matches(Target target, boolean ifUnknown) {
        if (isEverything) {
            return true;
        }
        return isHere
                && switch (target.scope()) {
                    case ACCESS -> false;
                    case ALL_KEYS -> creator == null && keyId == null;
                    case KEY -> fits(creator, target.creator(), ifUnknown) && fits(keyId, target.keyId(), ifUnknown);
                };
    }

    private static boolean fits(@Nullable String wanted, @Nullable String found, boolean ifUnknown) {
        return wanted == null || (found == null ? ifUnknown : wanted.equals(found));
    }
}
