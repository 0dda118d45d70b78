package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request to create a customer master key.
 *
 * <p>Immutable: every method returns a changed copy.
 *
 * @param <C> the handle that uses a key of this kind
 */
public final class NewKey<C extends Cmk> {
    /** The longest description, in bytes of UTF-8. */
    public static final int MAX_DESCRIPTION_BYTES = 1_024;

    /** The most tags that a key may have. */
    public static final int MAX_TAGS = 50;

    /** The longest key of a tag, in characters. */
    public static final int MAX_TAG_KEY_LENGTH = 127;

    /** The longest value of a tag, in characters. */
    public static final int MAX_TAG_VALUE_LENGTH = 255;

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}");
    private static final String RESERVED_PREFIX = "kms-";
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final Class<C> handle;
    private final KeyUsage usage;
    private final String alias;
    private final String description;
    private final Optional<KeySpec> spec;
    private final Optional<String> provider;
    private final Map<String, String> tags;
    private final KeyOrigin origin;
    private final String owner;

    private NewKey(
            Class<C> handle,
            KeyUsage usage,
            String alias,
            String description,
            Optional<KeySpec> spec,
            Optional<String> provider,
            Map<String, String> tags,
            KeyOrigin origin,
            String owner) {
        this.handle = handle;
        this.usage = usage;
        this.alias = alias;
        this.description = description;
        this.spec = spec;
        this.provider = provider;
        this.tags = tags;
        this.origin = origin;
        this.owner = owner;
    }

    /**
     * Returns a request for a symmetric key of the spec that is the default where it is created: {@link KeySpec#AES_256},
     * unless the application chose another one.
     *
     * @param alias 1 to 60 letters, digits, {@code -} and {@code _} (ASCII), of which the first is a letter or a digit;
     *     unique in the store, case-sensitive; not beginning with {@code kms-} in any case
     * @throws InvalidRequestException with {@link ErrorCode#INVALID_ALIAS} if the alias has another form
     */
    public static NewKey<SymmetricCmk> named(String alias) {
        return of(SymmetricCmk.class, KeyUsage.ENCRYPT_DECRYPT, alias, Optional.empty());
    }

    /**
     * Returns a request for a symmetric key that belongs to a service: it can be read, used and rotated, and never be disabled,
     * archived, renamed or deleted.
     *
     * @param service as {@link #requireService} describes; the owner of the key
     * @param alias as {@link #named} describes, and it may begin with {@code kms-}
     * @throws InvalidRequestException if one of them has another form
     */
    public static NewKey<SymmetricCmk> managedBy(String service, String alias) {
        return of(
                SymmetricCmk.class,
                KeyUsage.ENCRYPT_DECRYPT,
                requireWellFormedAlias(alias),
                Optional.empty(),
                requireService(service));
    }

    /**
     * Returns a request for a key that signs.
     *
     * @param alias as {@link #named} describes
     * @param spec for example {@link KeySpec#EC_P256}
     */
    public static NewKey<SigningCmk> signing(String alias, KeySpec spec) {
        return of(SigningCmk.class, KeyUsage.ASYMMETRIC_SIGN_VERIFY, alias, Optional.of(spec));
    }

    /**
     * Returns a request for a key that decrypts what was encrypted with its public key.
     *
     * @param alias as {@link #named} describes
     * @param spec for example {@link KeySpec#RSA_3072}
     */
    public static NewKey<DecryptionCmk> decryption(String alias, KeySpec spec) {
        return of(DecryptionCmk.class, KeyUsage.ASYMMETRIC_DECRYPT, alias, Optional.of(spec));
    }

    /**
     * Returns a request for an RSA key that also decrypts with the padding of PKCS #1 v1.5, for partners who have nothing
     * better.
     *
     * <p>That padding is an oracle: whoever may send ciphertexts and sees which of them fail, be it only by what the
     * application does next, can decrypt any message under the key (Bleichenbacher's attack), and under OAEP as well. Use
     * the key for nothing else, and let nobody outside ask.
     *
     * @param alias as {@link #named} describes
     * @param spec one of RSA
     */
    public static NewKey<DecryptionCmk> decryptionWithPkcs1(String alias, KeySpec spec) {
        return of(DecryptionCmk.class, KeyUsage.ASYMMETRIC_DECRYPT_PKCS1, alias, Optional.of(spec));
    }

    private static <C extends Cmk> NewKey<C> of(Class<C> handle, KeyUsage usage, String alias, Optional<KeySpec> spec) {
        return of(handle, usage, requireAlias(alias), spec, OwnerRole.USER_NAME);
    }

    private static <C extends Cmk> NewKey<C> of(
            Class<C> handle, KeyUsage usage, String alias, Optional<KeySpec> spec, String owner) {
        return new NewKey<>(handle, usage, alias, "", spec, Optional.empty(), Map.of(), KeyOrigin.KMS, owner);
    }

    /**
     * Returns the alias, if it follows the rules of {@link #named}.
     *
     * @throws InvalidRequestException with {@link ErrorCode#INVALID_ALIAS} otherwise
     */
    public static String requireAlias(String alias) {
        requireWellFormedAlias(alias);
        if (alias.regionMatches(true, 0, RESERVED_PREFIX, 0, RESERVED_PREFIX.length())) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_ALIAS, "alias: the prefix " + RESERVED_PREFIX + " is reserved");
        }
        return alias;
    }

    private static String requireWellFormedAlias(String alias) {
        requireNonNull(alias, "alias");
        if (!ALIAS.matcher(alias).matches()) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_ALIAS,
                    "alias: expected 1 to 60 of A-Z, a-z, 0-9, - and _, beginning with a letter or a digit");
        }
        return alias;
    }

    /**
     * Returns the name of a service: 1 to 32 lower-case letters, digits and hyphens, of which the first is a letter; not
     * {@code user}.
     *
     * @throws InvalidRequestException otherwise
     */
    public static String requireService(String service) {
        if (!SERVICE.matcher(requireNonNull(service, "service")).matches() || service.equals(OwnerRole.USER_NAME)) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER,
                    "service: expected 1 to 32 of a-z, 0-9 and -, beginning with a letter, and not 'user'");
        }
        return service;
    }

    /**
     * Returns the description, if it is well-formed Unicode of at most {@link #MAX_DESCRIPTION_BYTES}.
     *
     * @throws InvalidRequestException otherwise
     */
    public static String requireDescription(String description) {
        int bytes = requireNonNull(description, "description").getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_DESCRIPTION_BYTES) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "description is " + bytes + " bytes; limit is " + MAX_DESCRIPTION_BYTES);
        }
        requireWellFormed(description, "description");
        return description;
    }

    /**
     * Returns the tags, if there are at most {@link #MAX_TAGS}, with keys of 1 to {@link #MAX_TAG_KEY_LENGTH} and
     * values of at most {@link #MAX_TAG_VALUE_LENGTH} characters of well-formed Unicode.
     *
     * @throws InvalidRequestException if a key or a value has another length or form
     * @throws LimitExceededException if there are more tags
     */
    public static Map<String, String> requireTags(Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            throw new LimitExceededException(
                    ErrorCode.LIMIT_EXCEEDED, "key has " + tags.size() + " tags; limit is " + MAX_TAGS);
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > MAX_TAG_KEY_LENGTH || value.length() > MAX_TAG_VALUE_LENGTH) {
                throw new InvalidRequestException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "tag: expected a key of 1 to " + MAX_TAG_KEY_LENGTH + " characters and a value of at most "
                                + MAX_TAG_VALUE_LENGTH);
            }
            requireWellFormed(key, "tag");
            requireWellFormed(value, "tag");
        });
        return tags;
    }

    private static void requireWellFormed(String text, String what) {
        if (!Unicode.isWellFormed(text)) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER_VALUE, what + ": found half of a surrogate pair");
        }
    }

    /**
     * Returns this request with a description.
     *
     * @throws InvalidRequestException if the description is longer than {@link #MAX_DESCRIPTION_BYTES}
     */
    public NewKey<C> description(String description) {
        return new NewKey<>(handle, usage, alias, requireDescription(description), spec, provider, tags, origin, owner);
    }

    /** Returns this request for material of another kind; a provider has to offer it for the same use. */
    public NewKey<C> spec(KeySpec spec) {
        return new NewKey<>(handle, usage, alias, description, Optional.of(spec), provider, tags, origin, owner);
    }

    /**
     * Returns this request for the provider of this name. Without it, the first provider that was given to the builder
     * and offers the spec is taken.
     */
    public NewKey<C> provider(String name) {
        return new NewKey<>(handle, usage, alias, description, spec, Optional.of(name), tags, origin, owner);
    }

    /**
     * Returns this request with one more tag.
     *
     * @throws InvalidRequestException with {@link ErrorCode#TAG_KEYS_DUPLICATED} if the key of the tag is taken, and
     *     with another code if the tag does not follow the rules of {@link #requireTags}
     * @throws LimitExceededException if there are more than {@link #MAX_TAGS} tags
     */
    public NewKey<C> tag(String key, String value) {
        Map<String, String> more = new TreeMap<>(tags);
        if (more.put(requireNonNull(key, "key"), requireNonNull(value, "value")) != null) {
            throw new InvalidRequestException(ErrorCode.TAG_KEYS_DUPLICATED, "a tag key is given twice");
        }
        return new NewKey<>(
                handle,
                usage,
                alias,
                description,
                spec,
                provider,
                Collections.unmodifiableMap(requireTags(more)),
                origin,
                owner);
    }

    /**
     * Returns this request for a key whose material the user imports, see {@link SymmetricCmk#materialImport}: it is created
     * without any, and waits for it. It is never rotated. A provider has to offer the import of the spec.
     *
     * @throws InvalidRequestException if the key belongs to a service
     */
    public NewKey<C> external() {
        if (OwnerRole.of(owner) == OwnerRole.SERVICE) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_PARAMETER, "a key of a service cannot wait for the material of a user");
        }
        return new NewKey<>(handle, usage, alias, description, spec, provider, tags, KeyOrigin.EXTERNAL, owner);
    }

    /** Returns the type of the handle that uses the new key. */
    public Class<C> handle() {
        return handle;
    }

    /** Returns what the new key may be used for. */
    public KeyUsage usage() {
        return usage;
    }

    /** Returns the alias. */
    public String alias() {
        return alias;
    }

    /** Returns the description, empty when none was given. */
    public String description() {
        return description;
    }

    /** Returns the kind of material, if one was named. */
    public Optional<KeySpec> spec() {
        return spec;
    }

    /** Returns the name of the provider, if one was named. */
    public Optional<String> provider() {
        return provider;
    }

    /** Returns where the material comes from. */
    public KeyOrigin origin() {
        return origin;
    }

    /** Returns the owner: {@code user}, or the name of the service that manages the key. */
    public String owner() {
        return owner;
    }

    /** Returns the tags. */
    public Map<String, String> tags() {
        return tags;
    }

    @Override
    public String toString() {
        return "NewKey[" + alias + spec.map(named -> ", " + named).orElse("") + "]";
    }
}
