package io.keycask.kms.soft;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a passphrase becomes a root key: the cost of Argon2id (RFC 9106, version 0x13) and the salt, kept in a file because
 * the same are needed next time, docs/formats.md §6.4. Nothing in it is secret. Immutable.
 */
final class Argon2Parameters {
    /** 64 MiB, three passes, one lane: the second recommendation of RFC 9106 §4, with one lane. */
    static final Cost STANDARD_COST = new Cost(64 * 1024, 3, 1);

    static final int MAX_FILE_BYTES = 256;

    private static final int SALT_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("""
            keycask-root-key-passphrase 1
            argon2id m=([0-9]{1,7}) t=([0-9]{1,2}) p=([0-9]{1,2})
            salt ([0-9a-f]{64})
            crc32 [0-9a-f]{8}
            """);

    /**
     * The work that one guess costs. The bounds hold for what is read back, too, before memory is taken (SOFT-10).
     *
     * @param memoryKib 8 MiB to 1 GiB
     * @param passes 1 to 32
     * @param lanes 1 to 16
     */
    record Cost(int memoryKib, int passes, int lanes) {
        Cost {
            if (memoryKib < 8 * 1024
                    || memoryKib > 1024 * 1024
                    || passes < 1
                    || passes > 32
                    || lanes < 1
                    || lanes > 16) {
                throw new IllegalArgumentException("argon2id cost out of bounds: m=" + memoryKib + " KiB, t=" + passes
                        + ", p=" + lanes + "; expected m 8192 to 1048576, t 1 to 32, p 1 to 16");
            }
        }
    }

    private final Cost cost;
    private final byte[] salt;

    private Argon2Parameters(Cost cost, byte[] salt) {
        this.cost = cost;
        this.salt = salt;
    }

    static Argon2Parameters random(Cost cost) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new Argon2Parameters(cost, salt);
    }

    Cost cost() {
        return cost;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] serialize() {
        String text = "keycask-root-key-passphrase 1\nargon2id m=" + cost.memoryKib() + " t=" + cost.passes() + " p="
                + cost.lanes() + "\nsalt " + HexFormat.of().formatHex(salt) + "\n";
        return CheckedText.withChecksum(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the parameters; empty if these are not exactly the bytes that {@link #serialize} makes of some. */
    static Optional<Argon2Parameters> parse(byte[] whole) {
        if (whole.length > MAX_FILE_BYTES || !CheckedText.isIntact(whole)) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(new String(whole, StandardCharsets.ISO_8859_1));
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            Cost cost = new Cost(number(form, 1), number(form, 2), number(form, 3));
            Argon2Parameters parameters =
                    new Argon2Parameters(cost, HexFormat.of().parseHex(form.group(4)));
            return Optional.of(parameters).filter(p -> Arrays.equals(p.serialize(), whole));
        } catch (IllegalArgumentException outOfBounds) {
            return Optional.empty();
        }
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
