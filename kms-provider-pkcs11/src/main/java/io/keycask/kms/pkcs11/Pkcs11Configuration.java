package io.keycask.kms.pkcs11;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which library, which token, which PIN, and the limits of its use.
 *
 * <p>Immutable: every method that sets something returns a changed copy. One of label, serial number and slot has to be
 * given; where several are, all have to fit, and exactly one token may.
 */
public final class Pkcs11Configuration {
    /** How many sessions are used at once unless said otherwise. */
    public static final int DEFAULT_MAX_SESSIONS = 16;

    private static final int SESSION_LIMIT = 1_024;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Set<String> PROPERTIES = Set.of(
            "library",
            "token.label",
            "token.serial",
            "token.slotId",
            "pin",
            "initArgs",
            "maxSessions",
            "sessionWaitMillis",
            "callTimeoutMillis",
            "oaepHashes");

    private final Path library;
    private Optional<String> tokenLabel = Optional.empty();
    private Optional<String> tokenSerial = Optional.empty();
    private OptionalLong slotId = OptionalLong.empty();
    private Optional<Pin> pin = Optional.empty();
    private Optional<String> initArguments = Optional.empty();
    private int maxSessions = DEFAULT_MAX_SESSIONS;
    private Duration sessionWait = Duration.ofSeconds(5);
    private Duration callTimeout = Duration.ZERO;
    private Set<OaepHash> oaepHashes = EnumSet.allOf(OaepHash.class);

    private Pkcs11Configuration(Path library) {
        this.library = library;
    }

    private Pkcs11Configuration copy() {
        Pkcs11Configuration copy = new Pkcs11Configuration(library);
        copy.tokenLabel = tokenLabel;
        copy.tokenSerial = tokenSerial;
        copy.slotId = slotId;
        copy.pin = pin;
        copy.initArguments = initArguments;
        copy.maxSessions = maxSessions;
        copy.sessionWait = sessionWait;
        copy.callTimeout = callTimeout;
        copy.oaepHashes = oaepHashes;
        return copy;
    }

    /**
     * Returns a configuration of this PKCS#11 library.
     *
     * @param library an absolute path; no folder is searched
     * @throws IllegalArgumentException if the path is not absolute
     */
    public static Pkcs11Configuration library(Path library) {
        if (!library.isAbsolute()) {
            throw new IllegalArgumentException("library: expected an absolute path, found " + library);
        }
        return new Pkcs11Configuration(library);
    }

    /**
     * Returns the configuration that these properties describe: {@code library}, {@code token.label}, {@code
     * token.serial}, {@code token.slotId}, {@code pin} ({@code env:NAME} or {@code file:PATH}), {@code initArgs}, {@code
     * maxSessions}, {@code sessionWaitMillis}, {@code callTimeoutMillis}, {@code oaepHashes} (some of
     * {@code SHA_1,SHA_256}).
     *
     * @throws IllegalArgumentException if one is missing, unknown, or has another form
     */
    public static Pkcs11Configuration parse(Properties properties) {
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(PROPERTIES);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown properties " + unknown + "; expected some of " + new TreeSet<>(PROPERTIES));
        }
        String path = properties.getProperty("library");
        if (path == null) {
            throw new IllegalArgumentException("the property library is missing");
        }
        Pkcs11Configuration result = library(Path.of(path));
        String label = properties.getProperty("token.label");
        result = label == null ? result : result.tokenLabel(label);
        String serial = properties.getProperty("token.serial");
        result = serial == null ? result : result.tokenSerial(serial);
        String slot = properties.getProperty("token.slotId");
        result = slot == null ? result : result.slotId(number("token.slotId", slot));
        String pin = properties.getProperty("pin");
        result = pin == null ? result : result.pin(parsePin(pin));
        String arguments = properties.getProperty("initArgs");
        result = arguments == null ? result : result.initArguments(arguments);
        String sessions = properties.getProperty("maxSessions");
        result = sessions == null ? result : result.maxSessions(limit(number("maxSessions", sessions)));
        String wait = properties.getProperty("sessionWaitMillis");
        result = wait == null ? result : result.sessionWait(Duration.ofMillis(number("sessionWaitMillis", wait)));
        String timeout = properties.getProperty("callTimeoutMillis");
        result = timeout == null ? result : result.callTimeout(Duration.ofMillis(number("callTimeoutMillis", timeout)));
        String hashes = properties.getProperty("oaepHashes");
        return hashes == null ? result : result.oaepHashes(parseHashes(hashes));
    }

    private static long number(String name, String value) {
        try {
            return Long.decode(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("property " + name + ": expected a number", e);
        }
    }

    private static int limit(long sessions) {
        if (sessions < 1 || sessions > SESSION_LIMIT) {
            throw new IllegalArgumentException("maxSessions is " + sessions + "; expected 1 to " + SESSION_LIMIT);
        }
        return (int) sessions;
    }

    private static Pin parsePin(String value) {
        if (value.startsWith("env:")) {
            return Pin.env(value.substring("env:".length()));
        }
        if (value.startsWith("file:")) {
            return Pin.file(Path.of(value.substring("file:".length())));
        }
        throw new IllegalArgumentException("property pin: expected env:NAME or file:PATH, never the PIN itself");
    }

    private static Set<OaepHash> parseHashes(String value) {
        Set<OaepHash> hashes = EnumSet.noneOf(OaepHash.class);
        for (String name : value.split(",", -1)) {
            hashes.add(Arrays.stream(OaepHash.values())
                    .filter(hash -> hash.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "property oaepHashes: expected some of " + List.of(OaepHash.values()))));
        }
        return hashes;
    }

    /** Chooses the token by its label. */
    public Pkcs11Configuration tokenLabel(String label) {
        Pkcs11Configuration copy = copy();
        copy.tokenLabel = Optional.of(label);
        return copy;
    }

    /** Chooses the token by its serial number. */
    public Pkcs11Configuration tokenSerial(String serial) {
        Pkcs11Configuration copy = copy();
        copy.tokenSerial = Optional.of(serial);
        return copy;
    }

    /** Chooses the token by the id of its slot. Some libraries change it with every start. */
    public Pkcs11Configuration slotId(long id) {
        Pkcs11Configuration copy = copy();
        copy.slotId = OptionalLong.of(id);
        return copy;
    }

    /** Sets where the PIN of the user comes from; without it nobody logs in. */
    public Pkcs11Configuration pin(Pin pin) {
        Pkcs11Configuration copy = copy();
        copy.pin = Optional.of(requireNonNull(pin, "pin"));
        return copy;
    }

    /** Sets the string that some libraries (NSS) want at their start, in place of the standard's reserved argument. */
    public Pkcs11Configuration initArguments(String arguments) {
        Pkcs11Configuration copy = copy();
        copy.initArguments = Optional.of(arguments);
        return copy;
    }

    /**
     * Sets how many sessions are used at once; one more is kept for the login. {@value #DEFAULT_MAX_SESSIONS} unless said
     * otherwise.
     *
     * @throws IllegalArgumentException if it is not 1 to 1,024
     */
    public Pkcs11Configuration maxSessions(int sessions) {
        Pkcs11Configuration copy = copy();
        copy.maxSessions = limit(sessions);
        return copy;
    }

    /** Sets how long a call waits for a free session: 5 seconds unless said otherwise. */
    public Pkcs11Configuration sessionWait(Duration wait) {
        Pkcs11Configuration copy = copy();
        copy.sessionWait = requireWait("sessionWait", wait);
        return copy;
    }

    /**
     * Sets how long a call may take inside of the library before it is given up; zero, the default, stands for no limit
     * and suits libraries that work in this process. A limit costs a change of the thread for every call.
     */
    public Pkcs11Configuration callTimeout(Duration timeout) {
        Pkcs11Configuration copy = copy();
        copy.callTimeout = requireWait("callTimeout", timeout);
        return copy;
    }

    /** A digest that RSA-OAEP can be asked with; the list of mechanisms of a token does not tell which it can. */
    public enum OaepHash {
        /** SHA-1, with MGF1 of SHA-1. */
        SHA_1,
        /** SHA-256, with MGF1 of SHA-256. */
        SHA_256
    }

    /** Sets with which digests the token can do RSA-OAEP: all, unless said otherwise. SoftHSM 2.6 knows SHA-1 only. */
    public Pkcs11Configuration oaepHashes(Set<OaepHash> hashes) {
        Pkcs11Configuration copy = copy();
        copy.oaepHashes = Set.copyOf(hashes);
        return copy;
    }

    private static Duration requireWait(String name, Duration wait) {
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(name + " is " + wait + "; expected 0 to " + LONGEST_WAIT);
        }
        return wait;
    }

    Path library() {
        return library;
    }

    Optional<String> tokenLabel() {
        return tokenLabel;
    }

    Optional<String> tokenSerial() {
        return tokenSerial;
    }

    OptionalLong slotId() {
        return slotId;
    }

    Optional<Pin> pin() {
        return pin;
    }

    Optional<String> initArguments() {
        return initArguments;
    }

    int maxSessions() {
        return maxSessions;
    }

    Duration sessionWait() {
        return sessionWait;
    }

    Set<OaepHash> oaepHashes() {
        return oaepHashes;
    }

    Duration callTimeout() {
        return callTimeout;
    }

    @Override
    public String toString() {
        return "Pkcs11Configuration[" + library + "]";
    }
}
