package io.keycask.kms;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Who asks for an operation, and from where: the application authenticates, Keycask believes it.
 *
 * <p>Access control decides by the account and the attributes; the audit trail records them. Immutable: every method
 * that sets something returns a changed copy. Two callers are equal when all parts are.
 */
public final class Caller {
    /** The name of the root account. */
    public static final String ROOT_NAME = "root";

    private static final String SYSTEM_PREFIX = "system:";
    private static final int MAX_TEXT_LENGTH = 128;
    private static final int MAX_ATTRIBUTES = 32;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}");
    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7E]{1," + MAX_TEXT_LENGTH + "}");
    private static final Caller ROOT =
            new Caller(Kind.ROOT, ROOT_NAME, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    private final Kind kind;
    private final String name;
    private final Optional<String> accessKey;
    private final Optional<InetAddress> sourceAddress;
    private final Optional<String> requestId;
    private final Map<String, String> attributes;

    private Caller(
            Kind kind,
            String name,
            Optional<String> accessKey,
            Optional<InetAddress> sourceAddress,
            Optional<String> requestId,
            Map<String, String> attributes) {
        this.kind = kind;
        this.name = name;
        this.accessKey = accessKey;
        this.sourceAddress = sourceAddress;
        this.requestId = requestId;
        this.attributes = attributes;
    }

    /** What a caller is. */
    public enum Kind {
        /** The account that owns everything and may do everything. */
        ROOT,
        /** A sub-account: it may do what policies allow. */
        ACCOUNT,
        /** The engine itself, in its background work. */
        SYSTEM
    }

    /** Returns the root account, which may do everything. */
    public static Caller root() {
        return ROOT;
    }

    /**
     * Returns the sub-account of this name, which may do what policies allow.
     *
     * @param name 1 to 64 of A-Z, a-z, 0-9, {@code _}, {@code .}, {@code @} and {@code -}, beginning with a letter or a
     *     digit; not {@code root}
     * @throws IllegalArgumentException if the name has another form
     */
    public static Caller account(String name) {
        if (!NAME.matcher(requireNonNull(name, "name")).matches() || name.equalsIgnoreCase(ROOT_NAME)) {
            throw new IllegalArgumentException("account name: expected 1 to 64 of A-Z, a-z, 0-9, _, ., @ and -,"
                    + " beginning with a letter or a digit, and not " + ROOT_NAME);
        }
        return of(Kind.ACCOUNT, name);
    }

    /**
     * Returns the engine's own actor for this work, as it stands in the audit trail; {@code Kms.as} refuses it.
     *
     * @param work for example {@code maintenance}; form as in {@link #account}
     * @throws IllegalArgumentException if the name has another form
     */
    public static Caller system(String work) {
        if (!NAME.matcher(requireNonNull(work, "work")).matches()) {
            throw new IllegalArgumentException("system actor: expected a name like maintenance");
        }
        return of(Kind.SYSTEM, SYSTEM_PREFIX + work);
    }

    private static Caller of(Kind kind, String name) {
        return new Caller(kind, name, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * Sets the identifier of the access key that the caller authenticated with: an identifier, never the secret.
     *
     * @param id 1 to 128 printable ASCII characters without a space
     * @throws IllegalArgumentException if the identifier has another form
     */
    public Caller accessKey(String id) {
        return new Caller(kind, name, text("access key", id), sourceAddress, requestId, attributes);
    }

    /** Sets the address that the caller's request came from. */
    public Caller sourceAddress(InetAddress address) {
        return new Caller(
                kind, name, accessKey, Optional.of(requireNonNull(address, "address")), requestId, attributes);
    }

    /**
     * Sets the identifier of the application's request, by which its own logs and the audit trail can be joined.
     *
     * @param id 1 to 128 printable ASCII characters without a space
     * @throws IllegalArgumentException if the identifier has another form
     */
    public Caller requestId(String id) {
        return new Caller(kind, name, accessKey, sourceAddress, text("request id", id), attributes);
    }

    /**
     * Sets one more attribute that conditions of policies can ask for, for example {@code mfa}; at most 32.
     *
     * @param name 1 to 128 printable ASCII characters without a space
     * @param value at most 128 characters
     * @throws IllegalArgumentException if one has another form, or there are more attributes
     */
    public Caller attribute(String name, String value) {
        if (requireNonNull(value, "value").length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("attribute: expected at most " + MAX_TEXT_LENGTH + " characters");
        }
        Map<String, String> more = new TreeMap<>(attributes);
        more.put(text("attribute", name).orElseThrow(), value);
        if (more.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("caller has more than " + MAX_ATTRIBUTES + " attributes");
        }
        return new Caller(kind, this.name, accessKey, sourceAddress, requestId, Map.copyOf(more));
    }

    private static Optional<String> text(String what, String value) {
        if (!TEXT.matcher(requireNonNull(value, what)).matches()) {
            throw new IllegalArgumentException(
                    what + ": expected 1 to " + MAX_TEXT_LENGTH + " printable ASCII characters without a space");
        }
        return Optional.of(value);
    }

    /** Returns what the caller is. */
    public Kind kind() {
        return kind;
    }

    /** Returns the name in the audit trail: {@code root}, the account, or {@code system:} and the work. */
    public String name() {
        return name;
    }

    /** Returns the identifier of the access key, if one was given. */
    public Optional<String> accessKey() {
        return accessKey;
    }

    /** Returns the address that the request came from, if one was given. */
    public Optional<InetAddress> sourceAddress() {
        return sourceAddress;
    }

    /** Returns the identifier of the application's request, if one was given. */
    public Optional<String> requestId() {
        return requestId;
    }

    /** Returns the attributes. */
    public Map<String, String> attributes() {
        return attributes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Caller that
                && kind == that.kind
                && name.equals(that.name)
                && accessKey.equals(that.accessKey)
                && sourceAddress.equals(that.sourceAddress)
                && requestId.equals(that.requestId)
                && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, accessKey, sourceAddress, requestId, attributes);
    }

    @Override
    public String toString() {
        return "Caller[" + name + "]";
    }
}
