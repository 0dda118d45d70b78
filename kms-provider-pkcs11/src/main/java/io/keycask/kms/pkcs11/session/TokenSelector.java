package io.keycask.kms.pkcs11.session;

import io.keycask.kms.ProviderException;
import io.keycask.kms.pkcs11.binding.CkException;
import io.keycask.kms.pkcs11.binding.CkLayout;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Ckr;
import io.keycask.kms.pkcs11.binding.Cryptoki;
import io.keycask.kms.pkcs11.binding.NativeArena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which token is meant. Slot ids may change with every start of the library, so the slot is looked up again each time.
 *
 * @param label the label, without the blanks at its end
 * @param serial the serial number, without the blanks at its end
 * @param slotId the id of the slot
 */
public record TokenSelector(Optional<String> label, Optional<String> serial, OptionalLong slotId) {
    private static final int LABEL_BYTES = 32;
    private static final int MANUFACTURER_AND_MODEL_BYTES = 32 + 16;
    private static final int SERIAL_BYTES = 16;
    private static final int INFO_BYTES = 512;
    private static final int MAX_SLOTS = 4_096;

    /** Returns the slot of the one token that fits, which was there before: if it is not, the device was lost. */
    long findAgain(Cryptoki functions) {
        List<Long> fitting = fitting(functions, new ArrayList<>());
        if (fitting.isEmpty()) {
            throw new CkException("C_GetSlotList", Ckr.TOKEN_NOT_PRESENT);
        }
        return find(functions);
    }

    /** Returns the slot of the one token that fits. */
    long find(Cryptoki functions) {
        List<String> seen = new ArrayList<>();
        List<Long> fitting = fitting(functions, seen);
        if (fitting.size() != 1) {
            throw ProviderException.permanent(
                    fitting.size() + " tokens fit " + this + "; expected one of " + seen, null);
        }
        return fitting.get(0);
    }

    private List<Long> fitting(Cryptoki functions, List<String> seen) {
        List<Long> fitting = new ArrayList<>();
        for (long slot : slots(functions)) {
            describe(functions, slot).ifPresent(token -> {
                seen.add("'" + token.label + "' (serial " + token.serial + ", slot " + slot + ")");
                if (fits(token, slot)) {
                    fitting.add(slot);
                }
            });
        }
        return fitting;
    }

    private boolean fits(Token token, long slot) {
        return label.filter(wanted -> !wanted.equals(token.label)).isEmpty()
                && serial.filter(wanted -> !wanted.equals(token.serial)).isEmpty()
                && (slotId.isEmpty() || slotId.getAsLong() == slot);
    }

    private record Token(String label, String serial) {}

    private static List<Long> slots(Cryptoki functions) {
        CkLayout layout = functions.layout();
        NativeArena arena = new NativeArena();
        NativeArena.Area slots = arena.reserve(MAX_SLOTS * layout.ulongBytes());
        NativeArena.Area count = arena.put(layout.ulongValue(MAX_SLOTS));
        CkException.check("C_GetSlotList", functions.getSlotList(true, slots.address(), count.address()));
        long n = Math.min(count.ulong(layout), MAX_SLOTS);
        byte[] ids = slots.read(MAX_SLOTS * layout.ulongBytes());
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            found.add(layout.readUlong(ids, i * layout.ulongBytes()));
        }
        return found;
    }

    /** Returns what the token in the slot says about itself, if it is one that was set up. */
    private static Optional<Token> describe(Cryptoki functions, long slot) {
        CkLayout layout = functions.layout();
        NativeArena arena = new NativeArena();
        NativeArena.Area info = arena.reserve(INFO_BYTES);
        if (functions.getTokenInfo(slot, info.address()) != Ckr.OK) {
            return Optional.empty();
        }
        byte[] bytes = info.read(INFO_BYTES);
        int serialAt = LABEL_BYTES + MANUFACTURER_AND_MODEL_BYTES;
        long flags = layout.readUlong(bytes, serialAt + SERIAL_BYTES);
        if ((flags & Cka.CKF_TOKEN_INITIALIZED) == 0) {
            return Optional.empty();
        }
        return Optional.of(new Token(text(bytes, 0, LABEL_BYTES), text(bytes, serialAt, SERIAL_BYTES)));
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8)
                .stripTrailing()
                .replace("\0", "");
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        label.ifPresent(text -> parts.add("label '" + text + "'"));
        serial.ifPresent(text -> parts.add("serial '" + text + "'"));
        slotId.ifPresent(id -> parts.add("slot " + id));
        return String.join(", ", parts);
    }
}
